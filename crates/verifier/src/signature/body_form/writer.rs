//! Writes JSON as the libraries of other languages do.

use std::fmt;

use serde_json::{Number, Value};

/// Where a writer puts blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// Nowhere.
    Compact,
    /// One after each comma and colon, as Python does.
    Spaced,
    /// One member a line, indented by so many blanks.
    Indented(usize),
    /// One member a line, indented by tabs.
    Tabbed,
}

/// In which order a writer puts members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberOrder {
    /// As they were read.
    AsRead,
    /// By name.
    Sorted,
}

/// How a writer puts numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numbers {
    /// As they were read: `10222` and `10222.0` are kept apart.
    AsRead,
    /// Whole numbers without a fraction, as JavaScript does: `10222`.
    WholeWithoutFraction,
    /// Whole numbers with a fraction, as languages do that read them as floats: `10222.0`.
    WholeWithFraction,
    /// The whole number at this place, from zero, with a fraction, and the others without.
    OneWithFraction(usize),
}

/// Which characters a writer escapes, besides those that it has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Escapes {
    /// None.
    None,
    /// Everything beyond ASCII, as Python does.
    NonAscii,
    /// Everything beyond ASCII, and `/`, as PHP does.
    NonAsciiAndSlash,
    /// `/`.
    Slash,
    /// `<`, `>` and `&`, as Go does.
    Html,
    /// Everything beyond ASCII and what means something to HTML, with capital digits, as .NET does.
    HtmlAndNonAscii,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BodyStyle {
    /// Where blanks are.
    pub layout: Layout,
    /// In which order members are.
    pub order: MemberOrder,
    /// How numbers are.
    pub numbers: Numbers,
    /// What is escaped.
    pub escapes: Escapes,
}

impl BodyStyle {
    /// No blanks, members and numbers as they were read, nothing escaped.
    pub const PLAIN: Self = Self {
        layout: Layout::Compact,
        order: MemberOrder::AsRead,
        numbers: Numbers::AsRead,
        escapes: Escapes::None,
    };

    /// Every style, the plainest first; numbers are tried one by one up to `numbers_max`.
    pub(super) fn all(numbers_max: usize) -> Vec<Self> {
        let layouts =
            [Layout::Compact, Layout::Spaced, Layout::Indented(2), Layout::Indented(4), Layout::Tabbed];
        let escapes = [
            Escapes::None,
            Escapes::NonAscii,
            Escapes::NonAsciiAndSlash,
            Escapes::Slash,
            Escapes::Html,
            Escapes::HtmlAndNonAscii,
        ];
        let numbers = [Numbers::AsRead, Numbers::WholeWithoutFraction, Numbers::WholeWithFraction];
        let mut styles = Vec::new();
        for layout in layouts {
            for order in [MemberOrder::AsRead, MemberOrder::Sorted] {
                for numbers in numbers {
                    for escapes in escapes {
                        styles.push(Self { layout, order, numbers, escapes });
                    }
                }
            }
        }
        let one = |place| Self { numbers: Numbers::OneWithFraction(place), ..Self::PLAIN };
        styles.extend((0..numbers_max).map(one));
        styles.sort_by_key(|style| style.oddities());
        styles
    }

    /// In how many respects it is not plain.
    fn oddities(self) -> usize {
        usize::from(self.layout != Layout::Compact)
            + usize::from(self.order != MemberOrder::AsRead)
            + usize::from(self.numbers != Numbers::AsRead)
            + usize::from(self.escapes != Escapes::None)
    }

    /// The document in this style.
    pub fn write(self, document: &Value) -> Vec<u8> {
        let mut writer = Writer { style: self, text: String::new(), whole_numbers: 0 };
        writer.value(document, 0);
        writer.text.into_bytes()
    }
}

struct Writer {
    style: BodyStyle,
    text: String,
    /// Whole numbers that have been written.
    whole_numbers: usize,
}

impl Writer {
    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(word) => self.text.push_str(if *word { "true" } else { "false" }),
            Value::Number(number) => self.number(number),
            Value::String(text) => self.string(text),
            Value::Array(items) => self.sequence(['[', ']'], items.iter(), depth, |writer, item| {
                writer.value(item, depth + 1);
            }),
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if self.style.order == MemberOrder::Sorted {
                    members.sort_by_key(|(name, _)| *name);
                }
                self.sequence(['{', '}'], members.into_iter(), depth, |writer, (name, member)| {
                    writer.string(name);
                    writer.text.push_str(if writer.style.layout == Layout::Compact { ":" } else { ": " });
                    writer.value(member, depth + 1);
                });
            }
        }
    }

    fn sequence<T>(
        &mut self,
        [open, close]: [char; 2],
        items: impl ExactSizeIterator<Item = T>,
        depth: usize,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.text.push(open);
        let is_empty = items.len() == 0;
        for (place, item) in items.enumerate() {
            if place > 0 {
                self.text.push(',');
                if self.style.layout == Layout::Spaced {
                    self.text.push(' ');
                }
            }
            self.line(depth + 1);
            write(self, item);
        }
        if !is_empty {
            self.line(depth);
        }
        self.text.push(close);
    }

    /// Begins a line, where the layout has lines.
    fn line(&mut self, depth: usize) {
        let indent = match self.style.layout {
            Layout::Compact | Layout::Spaced => return,
            Layout::Indented(blanks) => " ".repeat(blanks * depth),
            Layout::Tabbed => "\t".repeat(depth),
        };
        self.text.push('\n');
        self.text.push_str(&indent);
    }

    fn number(&mut self, number: &Number) {
        let read = number.to_string();
        let Some(whole) = whole_number(&read) else { return self.text.push_str(&read) };
        let place = self.whole_numbers;
        self.whole_numbers += 1;
        let fraction = match self.style.numbers {
            Numbers::AsRead => return self.text.push_str(&read),
            Numbers::WholeWithoutFraction => "",
            Numbers::WholeWithFraction => ".0",
            Numbers::OneWithFraction(one) => {
                if one == place {
                    ".0"
                } else {
                    ""
                }
            }
        };
        self.text.push_str(whole);
        self.text.push_str(fraction);
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            self.character(character);
        }
        self.text.push('"');
    }

    fn character(&mut self, character: char) {
        let escapes = self.style.escapes;
        let slash = matches!(escapes, Escapes::Slash | Escapes::NonAsciiAndSlash);
        let html = match escapes {
            Escapes::Html => matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
            Escapes::HtmlAndNonAscii => matches!(character, '<' | '>' | '&' | '\'' | '+' | '"' | '`'),
            _ => false,
        };
        let non_ascii =
            !matches!(escapes, Escapes::None | Escapes::Slash | Escapes::Html) && !character.is_ascii();
        match character {
            _ if html || non_ascii => self.escape(character),
            '"' => self.text.push_str("\\\""),
            '\\' => self.text.push_str("\\\\"),
            '/' if slash => self.text.push_str("\\/"),
            '\u{8}' => self.text.push_str("\\b"),
            '\t' => self.text.push_str("\\t"),
            '\n' => self.text.push_str("\\n"),
            '\u{c}' => self.text.push_str("\\f"),
            '\r' => self.text.push_str("\\r"),
            character if character < ' ' => self.escape(character),
            character => self.text.push(character),
        }
    }

    fn escape(&mut self, character: char) {
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            let escaped = match self.style.escapes {
                Escapes::HtmlAndNonAscii => format!("\\u{unit:04X}"),
                _ => format!("\\u{unit:04x}"),
            };
            self.text.push_str(&escaped);
        }
    }
}

/// The digits of a whole number, without a fraction of zero.
fn whole_number(read: &str) -> Option<&str> {
    let whole = read.strip_suffix(".0").unwrap_or(read);
    whole.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()).then_some(whole)
}

/// `without blanks, its members sorted`: to be read after "written again".
impl fmt::Display for BodyStyle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.layout {
            Layout::Compact => formatter.write_str("without blanks")?,
            Layout::Spaced => formatter.write_str("with a blank after each comma and colon")?,
            Layout::Indented(blanks) => write!(formatter, "on lines indented by {blanks} blanks")?,
            Layout::Tabbed => formatter.write_str("on lines indented by tabs")?,
        }
        if self.order == MemberOrder::Sorted {
            formatter.write_str(", its members sorted by name")?;
        }
        formatter.write_str(match self.numbers {
            Numbers::AsRead => "",
            Numbers::WholeWithoutFraction => ", whole numbers without a fraction (10222, not 10222.0)",
            Numbers::WholeWithFraction => ", whole numbers with a fraction (10222.0, not 10222)",
            Numbers::OneWithFraction(_) => ", a whole number with a fraction (10222.0, not 10222)",
        })?;
        formatter.write_str(match self.escapes {
            Escapes::None => "",
            Escapes::NonAscii => ", characters beyond ASCII escaped",
            Escapes::NonAsciiAndSlash => ", characters beyond ASCII and `/` escaped",
            Escapes::Slash => ", `/` escaped",
            Escapes::Html => ", `<`, `>` and `&` escaped",
            Escapes::HtmlAndNonAscii => ", characters beyond ASCII and those of HTML escaped",
        })
    }
}
