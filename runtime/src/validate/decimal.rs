//! Numbers as they are written, so that 0.3 is a multiple of 0.1 and 2^53 + 1 is more than 2^53.

use std::cmp::Ordering;

/// `digits` times ten to the power of `exponent`; trailing zeros are in the exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// A number as JSON writes it. `None` for one with more digits than a float or an integer of
    /// 64 bits can have.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let zeros = if fraction.is_empty() {
            whole.len() - whole.trim_end_matches('0').len()
        } else {
            0
        };
        // "0" is all zeros; what is left of it must still be a number.
        let kept = whole.len() - zeros;
        let significant = whole.get(..kept)?;
        if significant.is_empty() || significant == "-" {
            return Some(Self {
                digits: 0,
                exponent: 0,
            });
        }
        let digits = format!("{significant}{fraction}").parse().ok()?;
        let places = i32::try_from(zeros).ok()? - i32::try_from(fraction.len()).ok()?;
        let exponent = exponent.checked_add(places)?;
        Some(Self {
            digits,
            exponent: if digits == 0 { 0 } else { exponent },
        })
    }

    /// The order by value.
    pub(super) fn compare(self, other: Self) -> Ordering {
        if self.digits.signum() != other.digits.signum() {
            return self.digits.signum().cmp(&other.digits.signum());
        }
        if let Some((one, other)) = self.aligned(other) {
            return one.cmp(&other);
        }
        // The same sign, and one is larger by so much that its digits do not matter.
        let order = self.magnitude().cmp(&other.magnitude());
        if self.digits < 0 {
            order.reverse()
        } else {
            order
        }
    }

    /// Whether this is a whole number of times the other; `None` where that cannot be told.
    pub(super) fn is_multiple_of(self, other: Self) -> Option<bool> {
        if other.digits == 0 {
            return None;
        }
        let (one, other) = self.aligned(other)?;
        Some(one % other == 0)
    }

    /// Both with the smaller of the exponents.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let exponent = self.exponent.min(other.exponent);
        Some((self.scaled(exponent)?, other.scaled(exponent)?))
    }

    fn scaled(self, exponent: i32) -> Option<i128> {
        let power = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(10_i128.checked_pow(power)?)
    }

    /// How many digits stand before the point.
    fn magnitude(self) -> i64 {
        let digits = self.digits.unsigned_abs().checked_ilog10().unwrap_or(0);
        i64::from(digits) + i64::from(self.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn order_is_exact() {
        let order = |one, other| decimal(one).compare(decimal(other));
        for (less, more) in [
            ("9007199254740992", "9007199254740993"),
            ("-9007199254740993", "-9007199254740992"),
            ("18446744073709551614", "18446744073709551615"),
            ("0.1", "0.2"),
            ("-1", "0"),
            ("0", "0.5"),
            ("1", "1e300"),
            ("-1e300", "-1"),
            ("1e-300", "1"),
            ("99", "1e2"),
        ] {
            assert_eq!(order(less, more), Ordering::Less, "{less} {more}");
            assert_eq!(order(more, less), Ordering::Greater, "{less} {more}");
        }
        for (one, other) in [
            ("100", "1e2"),
            ("1.50", "1.5"),
            ("0", "-0.0"),
            ("10", "10.0"),
        ] {
            assert_eq!(order(one, other), Ordering::Equal, "{one} {other}");
        }
    }

    #[test]
    fn multiples_are_those_of_the_written_numbers() {
        let is_multiple = |one, other| decimal(one).is_multiple_of(decimal(other));
        assert_eq!(is_multiple("0.3", "0.1"), Some(true));
        assert_eq!(is_multiple("0.35", "0.1"), Some(false));
        assert_eq!(is_multiple("-15", "5"), Some(true));
        assert_eq!(is_multiple("1e20", "100"), Some(true));
        assert_eq!(is_multiple("9007199254740993", "2"), Some(false));
        assert_eq!(is_multiple("0", "7"), Some(true));
        assert_eq!(is_multiple("7", "0"), None);
        assert_eq!(is_multiple("1e300", "0.7"), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "x", "1.x", "1e", "1e99999999999"] {
            assert_eq!(
                Decimal::parse(text).filter(|n| n.digits != 0),
                None,
                "{text}"
            );
        }
    }
}
