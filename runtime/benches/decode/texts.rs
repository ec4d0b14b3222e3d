//! The texts, made by a fixed sequence of numbers so that every run reads the same.

use std::fmt::Write as _;

/// A small generator of numbers (`xorshift64`); only its repeatability matters.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn uuid(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        let text = format!("{a:016x}{b:016x}");
        format!(
            "{}-{}-{}-{}-{}",
            &text[..8],
            &text[8..12],
            &text[12..16],
            &text[16..20],
            &text[20..]
        )
    }

    fn date_time(&mut self) -> String {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        let (hour, minute, second) = (self.below(24), self.below(60), self.below(60));
        let micros = self.below(1_000_000);
        format!("2024-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
    }

    fn words(&mut self, count: u64) -> String {
        const WORDS: [&str; 8] = [
            "deploy",
            "service",
            "token",
            "naïve",
            "read",
            "production",
            "\\\"quoted\\\"",
            "api",
        ];
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(8) as usize]).collect();
        words.join(" ")
    }
}

/// A page of tokens of about that many bytes.
pub(crate) fn page_of_tokens(bytes: usize) -> String {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut text = String::from(r#"{"next":null,"previous":"cD0yMDI0","results":["#);
    while text.len() < bytes {
        if !text.ends_with('[') {
            text.push(',');
        }
        let (id, creator) = (numbers.uuid(), numbers.uuid());
        let label = numbers.words(3);
        let level =
            ["READ_ONLY", "FULL_ACCESS", "WRITE", "SOMETHING_NEW"][numbers.below(4) as usize];
        let (created, expires) = (numbers.date_time(), numbers.date_time());
        let used = if numbers.below(2) == 0 {
            "null".into()
        } else {
            format!("\"{expires}\"")
        };
        let (count, active) = (numbers.below(100_000), numbers.below(2) == 0);
        let _ = write!(
            text,
            r#"{{"token_id":"{id}","creator_user_id":"{creator}","token_label":"{label}","access_level":"{level}","created_at":"{created}","expires_at":"{expires}","last_used_at":{used},"use_count":{count},"is_active":{active},"ratio":0.{count},"ip_allow_list":["10.0.0.1","10.0.0.2"]}}"#
        );
    }
    text.push_str("]}");
    text
}

/// So many dashboards of widgets of thirty kinds, some of them groups of widgets.
pub(crate) fn dashboards(count: usize) -> String {
    let mut numbers = Numbers(0xD1B5_4A32_D192_ED03);
    let dashboards: Vec<String> = (0..count)
        .map(|_| {
            let (id, title, modified) = (numbers.uuid(), numbers.words(4), numbers.date_time());
            let widgets = widgets(&mut numbers, 12, 3);
            format!(r#"{{"id":"{id}","title":"{title}","description":null,"modified_at":"{modified}","widgets":{widgets}}}"#)
        })
        .collect();
    format!(r#"{{"dashboards":[{}]}}"#, dashboards.join(","))
}

fn widgets(numbers: &mut Numbers, count: u64, depth: u64) -> String {
    let widgets: Vec<String> = (0..count)
        .map(|_| {
            let (id, title) = (numbers.next() >> 12, numbers.words(3));
            if depth > 0 && numbers.below(8) == 0 {
                let inner = self::widgets(numbers, 4, depth - 1);
                return format!(
                    r#"{{"id":{id},"definition":{{"type":"group","title":"{title}","layout_type":"ordered","widgets":{inner}}}}}"#
                );
            }
            let kind = numbers.below(29);
            let (query, precision) = (numbers.words(6), numbers.below(5));
            let (live, width) = (numbers.below(2) == 0, numbers.below(1200));
            format!(
                r#"{{"id":{id},"definition":{{"title":"{title}","type":"kind_{kind:02}","requests":[{{"q":"{query}","display_type":"line","on_right_yaxis":{live}}},{{"q":"{query}"}}],"precision":{precision},"live":{live},"width":{width}.5,"unknown_key":[{precision},"x"]}}}}"#
            )
        })
        .collect();
    format!("[{}]", widgets.join(","))
}
