//! YAML as JSON: the value of a document, and where each of its members stands.
//!
//! Plain words are read by the core schema of YAML 1.2, so that `no` is a text; keys are texts whatever they look like,
//! as a status `200` is. Merge keys (`<<`) are followed, because documents written by hand have them.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Number, Value};

use crate::Span;

/// Objects and lists in each other; JSON is read no deeper either.
const DEPTH_MAX: usize = 127;
/// Values in a document, those that aliases repeat counted each time: a few lines can name millions of them.
const VALUES_MAX: usize = 2_000_000;

/// A document, read.
#[derive(Debug, Default)]
pub(super) struct Yaml {
    pub(super) value: Value,
    /// Where the keys stand, by JSON pointer.
    pub(super) places: BTreeMap<String, Span>,
}

/// Reads the first document of a text; fails with what is wrong and where.
pub(super) fn read(text: &str) -> Result<Yaml, String> {
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| error.to_string())?;
        let line = span.start.line();
        let at = builder.offsets.span(span.start.index(), span.end.index());
        if builder.take(event, at).map_err(|reason| format!("{reason}, at line {line}"))? {
            break;
        }
    }
    Ok(Yaml { value: builder.value, places: builder.places })
}

/// An object or a list that is not whole yet.
#[derive(Debug)]
struct Open {
    value: Value,
    /// The key whose value comes next.
    key: Option<String>,
    anchor: usize,
    pointer: String,
}

#[derive(Debug)]
struct Builder<'t> {
    offsets: Offsets<'t>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Value>,
    values: usize,
    value: Value,
    places: BTreeMap<String, Span>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            offsets: Offsets { text, characters: 0, bytes: 0 },
            open: Vec::new(),
            anchors: BTreeMap::new(),
            values: 0,
            value: Value::Null,
            places: BTreeMap::new(),
        }
    }

    /// Takes the next event, and tells whether the document is whole.
    fn take(&mut self, event: Event<'_>, at: Span) -> Result<bool, String> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
            Event::DocumentEnd => return Ok(true),
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(open) =
                    self.open.last_mut().filter(|open| open.value.is_object() && open.key.is_none())
                {
                    self.places.insert(format!("{}/{}", open.pointer, super::escaped(&text)), at);
                    open.key = Some(text.into_owned());
                } else {
                    let value = scalar(&text, style, tag.as_deref());
                    self.add(value, anchor)?;
                }
            }
            Event::SequenceStart(anchor, _) => self.begin(Value::Array(Vec::new()), anchor)?,
            Event::MappingStart(anchor, _) => self.begin(Value::Object(Map::new()), anchor)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.add(open.value, open.anchor)?;
                }
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                let value = value.ok_or("an alias stands inside what it names")?;
                self.values += count(&value);
                self.add(value, 0)?;
            }
        }
        Ok(false)
    }

    fn begin(&mut self, value: Value, anchor: usize) -> Result<(), String> {
        if self.open.len() >= DEPTH_MAX {
            return Err("it is nested too deeply".to_owned());
        }
        let pointer = match self.open.last() {
            None => String::new(),
            Some(Open { value: Value::Array(items), pointer, .. }) => format!("{pointer}/{}", items.len()),
            Some(Open { key: Some(key), pointer, .. }) => format!("{pointer}/{}", super::escaped(key)),
            Some(_) => return Err("a key is no text".to_owned()),
        };
        self.open.push(Open { value, key: None, anchor, pointer });
        Ok(())
    }

    /// Puts a whole value where it belongs.
    fn add(&mut self, value: Value, anchor: usize) -> Result<(), String> {
        self.values += 1;
        if self.values > VALUES_MAX {
            return Err("it has too many values".to_owned());
        }
        if anchor > 0 {
            self.values += count(&value);
            self.anchors.insert(anchor, value.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.value = value;
            return Ok(());
        };
        match &mut open.value {
            Value::Array(items) => items.push(value),
            Value::Object(members) => {
                let key = open.key.take().ok_or("a key is no text")?;
                match (key.as_str(), value) {
                    ("<<", value @ (Value::Object(_) | Value::Array(_))) => merge(members, value),
                    (_, value) => drop(members.insert(key, value)),
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Adds the members of other objects; those that are there stay.
fn merge(members: &mut Map<String, Value>, others: Value) {
    let others = match others {
        Value::Array(items) => items,
        other => vec![other],
    };
    for other in others {
        let Value::Object(other) = other else { continue };
        for (name, value) in other {
            members.entry(name).or_insert(value);
        }
    }
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(count).sum::<usize>() + 1,
        Value::Object(members) => members.values().map(count).sum::<usize>() + 1,
        _ => 1,
    }
}

/// What a scalar says: what is quoted or called a text is one, and so is all that looks like nothing else.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let called_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || called_text {
        return text.into();
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return true.into(),
        "false" | "False" | "FALSE" => return false.into(),
        _ => {}
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let radix = |prefix: &str, radix| u64::from_str_radix(text.strip_prefix(prefix)?, radix).ok();
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return number.into();
    }
    if let Ok(number) = unsigned.parse::<u64>() {
        return number.into();
    }
    if let Ok(number) = unsigned.parse::<i64>() {
        return number.into();
    }
    // Rust reads `inf` and `nan` as numbers, which JSON has not.
    let digits = unsigned.starts_with(|c: char| c.is_ascii_digit() || "-.".contains(c));
    let float = unsigned.parse::<f64>().ok().filter(|_| digits).and_then(Number::from_f64);
    float.map_or_else(|| text.into(), Value::Number)
}

/// Places of a text in bytes out of places in characters, which come in order.
#[derive(Debug)]
struct Offsets<'t> {
    text: &'t str,
    characters: usize,
    bytes: usize,
}

impl Offsets<'_> {
    fn span(&mut self, start: usize, end: usize) -> Span {
        let start = self.byte(start);
        let (characters, bytes) = (self.characters, self.bytes);
        let end = self.byte(end);
        // The next place can begin before this one ends.
        (self.characters, self.bytes) = (characters, bytes);
        Span::new(start, end)
    }

    fn byte(&mut self, character: usize) -> usize {
        if character < self.characters {
            (self.characters, self.bytes) = (0, 0);
        }
        let rest = self.text.get(self.bytes..).unwrap_or_default();
        let wanted = character - self.characters;
        let mut walked = 0;
        let mut length = rest.len();
        for (at, _) in rest.char_indices() {
            if walked == wanted {
                length = at;
                break;
            }
            walked += 1;
        }
        self.characters += walked;
        self.bytes += length;
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn check(text: &str, expected: &Value) {
        assert_eq!(read(text).map(|yaml| yaml.value).as_ref(), Ok(expected), "{text}");
    }

    #[test]
    fn yaml_is_read_as_json() {
        check(
            "paths:\n  /boats:\n    get:\n      responses:\n        200: {description: fine}\n",
            &json!({"paths": {"/boats": {"get": {"responses": {"200": {"description": "fine"}}}}}}),
        );
        check("- 1\n- -2\n- 1.5\n- 0x1f\n- 1e3\n", &json!([1, -2, 1.5, 31, 1000.0]));
        check(
            "[no, yes, ~, true, 'true', 1.2.3, .inf, inf, 2024-01-01, !!str 7]",
            &json!(["no", "yes", null, true, "true", "1.2.3", ".inf", "inf", "2024-01-01", "7"]),
        );
        check(
            "a: |\n  two\n  lines\nb: >\n  one\n  line\n",
            &json!({"a": "two\nlines\n", "b": "one line\n"}),
        );
        check(
            "a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  l: 2\n",
            &json!({"a": {"k": 1}, "b": {"k": 1}, "c": {"k": 1, "l": 2}}),
        );
        check("", &Value::Null);
        check("{\"a\": [1, \"ä\"]}", &json!({"a": [1, "ä"]}));
    }

    #[test]
    fn keys_have_their_places() {
        let text = "# ä\npaths:\n  /boats:\n    get: {}\n";
        let yaml = read(text).unwrap();
        let place = |pointer: &str| yaml.places.get(pointer).and_then(|span| text.get(span.start..span.end));
        assert_eq!(place("/paths/~1boats/get"), Some("get"));
        assert_eq!(place("/paths/~1boats"), Some("/boats"));
    }

    #[test]
    fn what_is_no_yaml_is_told() {
        let fails = |text: &str, reason: &str| {
            let error = read(text).map(|yaml| yaml.value).unwrap_err();
            assert!(error.contains(reason), "{error}");
        };
        fails("a: [1\nb: }", "line");
        fails(&"[".repeat(200), "nested too deeply");
        fails("{[1]: 2}", "a key is no text");
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let row = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb = format!("{bomb}a{level}: &a{level} [{row}]\n");
        }
        fails(&bomb, "too many values");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[-a-c:{}\\[\\]&*!|>'\"#, \n\tä0-2%@`?~<.]{0,60}") {
            drop(read(&text));
        }
    }
}
