//! Where lines are broken: Oppen's algorithm, as prettyplease has it. Texts stand between breaks, and
//! breaks in boxes. A box that is too wide for what is left of the line breaks at all of its breaks
//! (consistent), or where the next piece does not fit (inconsistent).

use std::iter::repeat_n;

/// How long a line is; prettyplease's own width.
const WIDTH: isize = 89;
/// What a deeply indented line may hold in any case.
const LEAST_WIDTH: isize = 60;
/// The steps of indentation.
pub(super) const INDENT: isize = 4;
/// Wider than any line.
const INFINITE: isize = 0xffff;

/// The pieces of one item, in order.
#[derive(Debug, Default)]
pub(super) struct Layout {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    /// From here to there in the text.
    Text(usize, usize),
    Break(Break),
    Begin(Begin),
    End,
    /// A box that began before is broken if it is wider than this by now.
    Limit(isize),
    /// A place that was kept free and is not needed.
    Nothing,
}

/// Where a line may end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Break {
    /// The spaces where it does not.
    pub(super) blank: isize,
    /// How far the next line's indentation is from the box's.
    pub(super) offset: isize,
    /// What stands in front of it where the line ends.
    pub(super) before: Option<char>,
    /// What begins the next line.
    pub(super) after: &'static str,
    /// What stands there where the line does not end.
    pub(super) inline: Option<char>,
    /// A box without anything else has none.
    pub(super) if_nonempty: bool,
    /// It only parts what is measured.
    pub(super) never: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Begin {
    offset: isize,
    consistent: bool,
}

impl Piece {
    pub(super) fn consistent(offset: isize) -> Self {
        Self::Begin(Begin {
            offset,
            consistent: true,
        })
    }

    pub(super) fn inconsistent(offset: isize) -> Self {
        Self::Begin(Begin {
            offset,
            consistent: false,
        })
    }

    pub(super) fn spaces(blank: isize) -> Self {
        Self::Break(Break {
            blank,
            ..Break::default()
        })
    }
}

impl Layout {
    pub(super) fn word(&mut self, word: &str) {
        self.words([word]);
    }

    /// Pushes text that is no literal's nor token's as it stands.
    pub(super) fn words<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        let start = self.text.len();
        self.text.extend(words);
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some(Piece::Text(_, last)) if *last == start => *last = end,
            _ => self.pieces.push(Piece::Text(start, end)),
        }
    }

    pub(super) fn ends_with(&self, character: char) -> bool {
        self.text.ends_with(character)
    }

    pub(super) fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    pub(super) fn consistent(&mut self, offset: isize) {
        self.push(Piece::consistent(offset));
    }

    pub(super) fn inconsistent(&mut self, offset: isize) {
        self.push(Piece::inconsistent(offset));
    }

    /// A place for a piece that what follows decides on.
    pub(super) fn keep(&mut self) -> usize {
        self.push(Piece::Nothing);
        self.pieces.len() - 1
    }

    pub(super) fn fill(&mut self, place: usize, piece: Piece) {
        if let Some(kept) = self.pieces.get_mut(place) {
            *kept = piece;
        }
    }

    /// Ends a box. One without anything in it but a break is none.
    pub(super) fn end(&mut self) {
        if let [.., before, Piece::Break(last)] = self.pieces.as_slice() {
            let is_empty = matches!(before, Piece::Begin(_));
            let is_dropped = last.if_nonempty;
            if is_empty {
                self.pieces.truncate(self.pieces.len() - 2);
                return;
            }
            if is_dropped {
                self.pieces.pop();
            }
        }
        self.push(Piece::End);
    }

    /// Ends a box that is broken if it is wider than this.
    pub(super) fn end_within(&mut self, width: isize) {
        self.push(Piece::Limit(width));
        self.push(Piece::End);
    }

    /// A break without a space.
    pub(super) fn gap(&mut self) {
        self.push(Piece::spaces(0));
    }

    pub(super) fn space(&mut self) {
        self.push(Piece::spaces(1));
    }

    pub(super) fn line(&mut self) {
        self.push(Piece::spaces(INFINITE));
    }

    fn if_nonempty(&mut self, blank: isize) {
        self.push(Piece::Break(Break {
            blank,
            if_nonempty: true,
            ..Break::default()
        }));
    }

    pub(super) fn line_if_nonempty(&mut self) {
        self.if_nonempty(INFINITE);
    }

    pub(super) fn space_if_nonempty(&mut self) {
        self.if_nonempty(1);
    }

    /// Parts what is measured, and never a line.
    pub(super) fn never(&mut self) {
        self.push(Piece::Break(Break {
            never: true,
            ..Break::default()
        }));
    }

    /// What follows an entry of a list: a comma and a break, or after the last one a break with a
    /// comma. `blank` is what the last one is without a break.
    pub(super) fn comma(&mut self, is_last: bool, blank: isize) {
        if is_last {
            self.push(Piece::Break(Break {
                blank,
                before: Some(','),
                ..Break::default()
            }));
        } else {
            self.word(",");
            self.space();
        }
    }

    /// Moves what follows the last break back by a step.
    pub(super) fn outdent(&mut self) {
        if let Some(Piece::Break(last)) = self.pieces.last_mut() {
            last.offset -= INDENT;
        }
    }

    /// Makes the last piece, the line's end behind a statement, a mere space.
    pub(super) fn line_to_space(&mut self) {
        if let Some(last @ Piece::Break(_)) = self.pieces.last_mut() {
            *last = Piece::spaces(1);
        }
    }

    /// For each box the width to the break that follows it, for each break that to the next.
    fn sizes(&self) -> Vec<isize> {
        let mut sizes = vec![0; self.pieces.len()];
        let mut open = Vec::new();
        let mut total = 0;
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Text(start, end) => total += width(end - start),
                Piece::Break(found) => {
                    self.close(&mut open, &mut sizes, total);
                    sizes[at] = -total;
                    open.push(at);
                    total += found.blank;
                }
                Piece::Begin(_) => {
                    sizes[at] = -total;
                    open.push(at);
                }
                Piece::End => open.push(at),
                Piece::Limit(most) => {
                    let begin = self.begin(&open);
                    if begin.is_some_and(|begin| total + sizes[begin] > *most) {
                        total += INFINITE;
                    }
                }
                Piece::Nothing => {}
            }
        }
        self.close(&mut open, &mut sizes, total);
        sizes
    }

    /// Measures what a break ends: the break before it in its box, and the boxes since.
    fn close(&self, open: &mut Vec<usize>, sizes: &mut [isize], total: isize) {
        let mut depth = 0_usize;
        while let Some(&at) = open.last() {
            match self.pieces[at] {
                Piece::Begin(_) if depth == 0 => return,
                Piece::Begin(_) => {
                    sizes[at] += total;
                    depth -= 1;
                }
                Piece::End => depth += 1,
                _ => sizes[at] += total,
            }
            let is_break = matches!(self.pieces[at], Piece::Break(_));
            open.pop();
            if is_break && depth == 0 {
                return;
            }
        }
    }

    /// The box that is open.
    fn begin(&self, open: &[usize]) -> Option<usize> {
        let mut depth = 1_usize;
        open.iter().rev().copied().find(|at| {
            match self.pieces[*at] {
                Piece::Begin(_) => depth -= 1,
                Piece::End => depth += 1,
                _ => {}
            }
            depth == 0
        })
    }

    /// Writes the lines.
    pub(super) fn print(&self, out: &mut String) {
        let mut printer = Printer {
            out,
            space: WIDTH,
            indent: 0,
            pending: 0,
            boxes: Vec::new(),
        };
        for (piece, size) in self.pieces.iter().zip(self.sizes()) {
            match piece {
                Piece::Text(start, end) => {
                    printer.text(self.text.get(*start..*end).unwrap_or_default());
                }
                Piece::Break(found) => printer.line_break(found, size),
                Piece::Begin(begin) => printer.begin(*begin, size),
                Piece::End => printer.end(),
                Piece::Limit(_) | Piece::Nothing => {}
            }
        }
    }
}

fn width(bytes: usize) -> isize {
    isize::try_from(bytes).unwrap_or(INFINITE)
}

/// A box that is being printed.
#[derive(Clone, Copy)]
enum Open {
    Fits,
    /// Broken, with the indentation around it.
    Broken {
        outer: isize,
        consistent: bool,
    },
}

struct Printer<'a> {
    out: &'a mut String,
    /// What is left of the line.
    space: isize,
    indent: isize,
    /// Spaces that are written once something follows.
    pending: isize,
    boxes: Vec<Open>,
}

impl Printer<'_> {
    fn text(&mut self, text: &str) {
        self.indentation();
        self.out.push_str(text);
        self.space -= width(text.len());
    }

    fn indentation(&mut self) {
        let pending = usize::try_from(self.pending).unwrap_or_default();
        self.out.extend(repeat_n(' ', pending));
        self.pending = 0;
    }

    fn begin(&mut self, begin: Begin, size: isize) {
        if size <= self.space {
            self.boxes.push(Open::Fits);
            return;
        }
        self.boxes.push(Open::Broken {
            outer: self.indent,
            consistent: begin.consistent,
        });
        self.indent += begin.offset;
    }

    fn end(&mut self) {
        if let Some(Open::Broken { outer, .. }) = self.boxes.pop() {
            self.indent = outer;
        }
    }

    fn line_break(&mut self, found: &Break, size: isize) {
        let fits = found.never
            || match self.boxes.last() {
                Some(Open::Fits) => true,
                Some(Open::Broken {
                    consistent: true, ..
                }) => false,
                _ => size <= self.space,
            };
        if fits {
            self.pending += found.blank;
            self.space -= found.blank;
            if let Some(inline) = found.inline {
                self.out.push(inline);
                self.space -= 1;
            }
            return;
        }
        if let Some(before) = found.before {
            self.indentation();
            self.out.push(before);
        }
        self.out.push('\n');
        let indent = self.indent + found.offset;
        self.pending = indent;
        self.space = (WIDTH - indent).max(LEAST_WIDTH);
        if !found.after.is_empty() {
            self.text(found.after);
        }
    }
}
