//! Strings, numbers, booleans, and the formats that are strings on the wire.

use super::{Date, Json, Reader, Result, Writer, dates};

/// The body of every `read` here: what the reader returns goes into the slot.
macro_rules! put {
    ($slot:expr, $read:expr) => {
        match $read {
            Ok(value) => {
                $slot = value;
                Ok(())
            }
            Err(halt) => Err(halt),
        }
    };
}

impl Json for bool {
    #[inline]
    fn empty() -> Self {
        false
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        put!(*self, json.boolean())
    }

    fn write(&self, json: &mut Writer) {
        json.raw(if *self { "true" } else { "false" });
    }
}

impl Json for String {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        json.text()?.clone_into(self);
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.text(self);
    }
}

/// Nothing is expected and nothing is kept: the body of a response without one.
impl Json for () {
    #[inline]
    fn empty() -> Self {}

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        json.skip()
    }

    fn write(&self, json: &mut Writer) {
        json.null();
    }
}

macro_rules! integers {
    ($read:ident, $wide:ty: $($narrow:ty = $expected:literal),*) => {$(
        impl Json for $narrow {
            #[inline]
            fn empty() -> Self {
                0
            }

            #[inline]
            fn read(&mut self, json: &mut Reader<'_>) -> Result {
                match json.$read() {
                    Ok(value) => match <$narrow>::try_from(value) {
                        Ok(value) => {
                            *self = value;
                            Ok(())
                        }
                        Err(_) => Err(json.out_of_range($expected)),
                    },
                    Err(halt) => Err(halt),
                }
            }

            fn write(&self, json: &mut Writer) {
                json.$read(<$wide>::from(*self));
            }
        }
    )*};
}

integers!(signed, i64:
    i8 = "an integer of 8 bits", i16 = "an integer of 16 bits", i32 = "an integer of 32 bits");
integers!(unsigned, u64:
    u8 = "an integer of 8 bits without a sign", u16 = "an integer of 16 bits without a sign",
    u32 = "an integer of 32 bits without a sign");

impl Json for i64 {
    #[inline]
    fn empty() -> Self {
        0
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        put!(*self, json.signed())
    }

    fn write(&self, json: &mut Writer) {
        json.signed(*self);
    }
}

impl Json for u64 {
    #[inline]
    fn empty() -> Self {
        0
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        put!(*self, json.unsigned())
    }

    fn write(&self, json: &mut Writer) {
        json.unsigned(*self);
    }
}

impl Json for f64 {
    #[inline]
    fn empty() -> Self {
        0.0
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        put!(*self, json.float())
    }

    /// What JSON has no number for (NaN, infinity) is written as null.
    fn write(&self, json: &mut Writer) {
        json.float(*self);
    }
}

impl Json for f32 {
    #[inline]
    fn empty() -> Self {
        0.0
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        match json.float() {
            Ok(wide) => {
                #[expect(clippy::cast_possible_truncation, reason = "overflow is checked below")]
                let narrow = wide as f32;
                if narrow.is_finite() {
                    *self = narrow;
                    Ok(())
                } else {
                    Err(json.out_of_range("a number within the range of a float of 32 bits"))
                }
            }
            Err(halt) => Err(halt),
        }
    }

    fn write(&self, json: &mut Writer) {
        json.short_float(*self);
    }
}

impl Json for uuid::Uuid {
    #[inline]
    fn empty() -> Self {
        Self::nil()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        put!(
            *self,
            json.parse("a UUID", |text| Self::try_parse(text).ok())
        )
    }

    fn write(&self, json: &mut Writer) {
        json.text(self.hyphenated().encode_lower(&mut Self::encode_buffer()));
    }
}

impl Json for Date {
    #[inline]
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        put!(*self, json.parse("a date", dates::date))
    }

    fn write(&self, json: &mut Writer) {
        json.text(&self.to_string());
    }
}
