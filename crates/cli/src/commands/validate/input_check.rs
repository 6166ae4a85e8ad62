//! Reads an input payload by payload, and checks each.

use std::{
    cell::RefCell,
    fmt,
    io::{self, BufRead, Read},
    path::Path,
    sync::Arc,
};

use estoppel_contract::{Checker, JsonPointer, Segment, Violation};
use indicatif::ProgressBar;
use serde::de::{
    DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer,
};
use serde_json::Value;

use super::{
    bounded_value::{BoundedValue, Budget, CountedBytes},
    tally::{Site, Tally},
};
use crate::{Failure, input_file::ByteLimit};

/// Bytes of a line beyond the limit that are passed over to find its end.
const PASSED_OVER_MAX: u64 = 4 * 1024 * 1024 * 1024;

/// What checks the payloads of an input: one document, an array, or one on each line.
pub(super) struct InputCheck<'c> {
    pub(super) checker: &'c Checker,
    pub(super) limit: ByteLimit,
    pub(super) tally: &'c mut Tally,
    pub(super) bar: &'c ProgressBar,
}

impl InputCheck<'_> {
    /// Checks an input to its end. At most one payload is held.
    pub(super) fn run(&mut self, file: &str, input: &mut dyn BufRead) -> Result<(), Failure> {
        let read = self.lines(&Arc::from(file), input);
        read.map_err(|error| Failure::file(Path::new(file), "read", &error))
    }

    fn lines(&mut self, file: &Arc<str>, input: &mut dyn BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        let mut site = Site { file: Arc::clone(file), line: 0, base: String::new() };
        let most = self.limit.0.saturating_add(1);
        while self.tally.is_wanted() && (&mut *input).take(most).read_until(b'\n', &mut line)? > 0 {
            site.line += 1;
            let mark: &[u8] = if site.line == 1 { b"\xEF\xBB\xBF" } else { b"" };
            let text = line.strip_prefix(mark).unwrap_or(&line);
            let is_too_long =
                !line.ends_with(b"\n") && u64::try_from(line.len()).is_ok_and(|length| length == most);
            if site.line == 1 && spans_lines(text, is_too_long) {
                return self.document(file, &mut text.chain(input));
            }
            let text = text.trim_ascii();
            if is_too_long {
                let excess = self.over_long(&line);
                self.tally.payload(&site, &[excess]);
                if line.contains(&0) || !pass_over(input)? {
                    return Ok(());
                }
            } else if !text.is_empty() {
                let budget = Budget::new(self.limit);
                self.payloads(&mut serde_json::Deserializer::from_slice(text), &site, &budget)?;
            }
            self.bar.set_position(self.tally.payloads);
            line.clear();
        }
        Ok(())
    }

    /// A document that spans lines, or an array on a line of any length.
    fn document(&mut self, file: &Arc<str>, input: &mut dyn Read) -> io::Result<()> {
        let budget = Budget::new(self.limit);
        let bytes = CountedBytes { inner: io::BufReader::new(input), budget: &budget };
        let site = Site { file: Arc::clone(file), line: 1, base: String::new() };
        self.payloads(&mut serde_json::Deserializer::from_reader(bytes), &site, &budget)
    }

    fn payloads<'de, R: serde_json::de::Read<'de>>(
        &mut self,
        deserializer: &mut serde_json::Deserializer<R>,
        site: &Site,
        budget: &Budget,
    ) -> io::Result<()> {
        let payloads =
            Payloads { checker: self.checker, tally: RefCell::new(&mut *self.tally), site, budget };
        let read = (&payloads).deserialize(&mut *deserializer).and_then(|()| {
            budget.renew();
            deserializer.end()
        });
        match read {
            Err(error) if error.is_io() && budget.exceeded().is_none() => Err(error.into()),
            Err(error) => {
                let further = u64::try_from(error.line()).unwrap_or(1).saturating_sub(1);
                let site = Site { line: site.line + further, ..site.clone() };
                self.tally.payload(&site, &[not_json(&error, budget)]);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn over_long(&self, line: &[u8]) -> Violation {
        let expected = format!("a line of at most {} (--max-payload)", self.limit);
        let actual = if line.contains(&0) { "a longer one that is no text" } else { "a longer one" };
        Violation {
            pointer: JsonPointer::root(),
            keyword: "limit".to_owned(),
            expected,
            actual: actual.to_owned(),
        }
    }
}

/// Passes over the rest of a line. Says whether its end was found.
fn pass_over(input: &mut dyn BufRead) -> io::Result<bool> {
    Ok(input.take(PASSED_OVER_MAX).skip_until(b'\n')?
        < usize::try_from(PASSED_OVER_MAX).unwrap_or(usize::MAX))
}

/// Whether a first line is the beginning of a document that spans lines, or of an array that is too long for one.
fn spans_lines(text: &[u8], is_too_long: bool) -> bool {
    match text.trim_ascii_start().first() {
        Some(b'[') if is_too_long => true,
        Some(b'{' | b'[') if !is_too_long => {
            serde_json::from_slice::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
        }
        _ => false,
    }
}

/// The payloads of a document: the items of an array, or the document itself.
struct Payloads<'p> {
    checker: &'p Checker,
    tally: RefCell<&'p mut Tally>,
    site: &'p Site,
    budget: &'p Budget,
}

impl Payloads<'_> {
    fn check(&self, site: &Site, payload: &Value) {
        self.tally.borrow_mut().payload(site, &self.checker.check(payload));
    }
}

impl<'de> DeserializeSeed<'de> for &Payloads<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! whole {
    ($($visit:ident: $type:ty),* $(,)?) => {
        $(fn $visit<E: serde::de::Error>(self, value: $type) -> Result<(), E> {
            self.check(self.site, &BoundedValue(self.budget).$visit::<E>(value)?);
            Ok(())
        })*
    };
}

impl<'de> Visitor<'de> for &Payloads<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    whole!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.check(self.site, &Value::Null);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(item) = items.next_element_seed(BoundedValue(self.budget))? {
            let base = JsonPointer::root().child(Segment::Index(index)).to_string();
            self.check(&Site { base, ..self.site.clone() }, &item);
            self.budget.renew();
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let document = BoundedValue(self.budget).deserialize(MapAccessDeserializer::new(members))?;
        self.check(self.site, &document);
        Ok(())
    }
}

fn not_json(error: &serde_json::Error, budget: &Budget) -> Violation {
    let told = |keyword: &str, expected: String, actual: String| Violation {
        pointer: JsonPointer::root(),
        keyword: keyword.to_owned(),
        expected,
        actual,
    };
    if let Some(excess) = budget.exceeded() {
        return told("limit", excess.to_string(), "more; what follows is not read".to_owned());
    }
    if error.to_string().starts_with("recursion limit exceeded") {
        let actual = format!("deeper nesting at column {}", error.column());
        return told("limit", "JSON of at most 128 levels".to_owned(), actual);
    }
    let actual = format!("{:?} error at column {}", error.classify(), error.column()).to_lowercase();
    told("json", "JSON".to_owned(), actual)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_with(limit: u64, input: &str, payloads: u64, places: &[(u64, &str)]) {
        let checker = Checker::new(json!({"type": "object", "required": ["a"]})).unwrap();
        let mut tally = Tally::that_keeps();
        let bar = ProgressBar::hidden();
        InputCheck { checker: &checker, limit: ByteLimit(limit), tally: &mut tally, bar: &bar }
            .run("in", &mut input.as_bytes())
            .unwrap();
        let actual: Vec<(u64, &str)> =
            tally.faults().iter().map(|fault| (fault.line, fault.pointer.as_str())).collect();
        assert_eq!((tally.payloads, actual), (payloads, places.to_vec()), "{input}");
    }

    fn check(input: &str, payloads: u64, places: &[(u64, &str)]) {
        check_with(1_000_000, input, payloads, places);
    }

    #[test]
    fn documents_arrays_and_lines_are_checked_to_the_end() {
        check("", 0, &[]);
        check("{\"a\":1}", 1, &[]);
        check("{\n \"a\":1\n}\n", 1, &[]);
        check("\u{FEFF}{\"a\":1}\n{}\n", 2, &[(2, "/a")]);
        check("\u{FEFF}[\n{\"a\":1}\n]\n", 1, &[]);
        check("[{\"a\":1},\n{}]", 2, &[(1, "/1/a")]);
        check("{\"a\":1}\n{}\nnot json\n\n{\"a\":2}\n", 4, &[(2, "/a"), (3, "")]);
        check("{\n \"a\":\n", 1, &[(3, "")]);
        check("1\n\"a\"\nnull\n1.5\n-1\ntrue\n", 6, &[(1, ""), (2, ""), (3, ""), (4, ""), (5, ""), (6, "")]);
        check("[\n{\"a\":1}] {}\n", 2, &[(2, "")]);
    }

    #[test]
    fn a_payload_beyond_the_limit_is_a_finding_and_the_rest_is_checked() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(100));
        check_with(64, &format!("{{\"a\":1}}\n{long}\n{{}}\n"), 3, &[(2, ""), (3, "/a")]);
        check_with(64, &format!("{long}\n{{}}\n"), 2, &[(1, ""), (2, "/a")]);
        check_with(64, "{\"a\":1}\n\n\n{\"a\":2}", 2, &[]);
        // An array may be of any length, on one line too; its items may not.
        let items = vec!["{\"a\":1}"; 100];
        check_with(64, &format!("[{}]\n", items.join(",")), 100, &[]);
        check_with(64, &format!("[{}]\n", items.join(",\n")), 100, &[]);
        check_with(64, &format!("[{{}},{long}]"), 2, &[(1, "/0/a"), (1, "")]);
        check_with(10, "{\"a\":12}\r\n", 1, &[]);
    }

    #[test]
    fn nesting_and_values_are_bounded() {
        check(&"[".repeat(10_000), 1, &[(1, "")]);
        check(&format!("{{\"a\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000)), 1, &[(1, "")]);
        check(&format!("{{\"a\":[{}1]}}\n{{\"a\":1}}\n", "1,".repeat(300_000)), 2, &[(1, "")]);
        check(&format!("[{}{{}}]", "{\"a\":[1]},".repeat(50_000)), 50_001, &[(1, "/50000/a")]);
    }
}
