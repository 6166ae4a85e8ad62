//! Puts the words together, on a stack of its own.

use serde_json::{Map, Value};

use super::{
    Fault, FaultKind, Reading,
    scanner::{Bracket, Scanner, Token, TokenKind},
};
use crate::{Member, Span, Word};

/// Objects in objects deeper than this are no example.
const DEPTH_MAX: usize = 64;
/// Pointers of members can be so many times as long as the text; longer ones are keys in keys that no example has.
const POINTERS_MAX: usize = 16;
/// Texts of fewer bytes can have pointers of so many bytes whatever they hold.
const POINTERS_MIN: usize = 64 * 1024;
/// A text with more faults than this is no example.
const FAULTS_MAX: usize = 64;

/// What may come next in an object or array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A member or item, or the end.
    Entry,
    /// The colon after a key.
    Colon,
    /// The value after a colon.
    Value,
    /// A comma or the end.
    Comma,
    /// The same after dots, which stand for entries with their commas: an entry may come too.
    Elided,
}

#[derive(Debug)]
struct Frame {
    bracket: Bracket,
    pointer: String,
    opened: Span,
    /// Without a bracket of its own: the text begins with a member.
    implicit: bool,
    object: Map<String, Value>,
    items: Vec<Value>,
    key: String,
    /// Place of the current member in the list of members.
    member: Option<usize>,
    next: Next,
    comma: Option<Span>,
}

#[derive(Debug)]
pub(super) struct Reader<'t> {
    scanner: Scanner<'t>,
    offset: usize,
    stack: Vec<Frame>,
    /// Keys wait here until a colon tells that the text begins with a member.
    first_text: Option<(Option<String>, Span)>,
    /// The text that was put into an array last: a colon after it tells that it is a key.
    item_text: Option<(String, Span)>,
    root: Option<Value>,
    reading: Reading,
    /// Bytes that pointers may still take.
    pointers: usize,
    stopped: bool,
}

impl<'t> Reader<'t> {
    pub(super) const fn new(text: &'t str, offset: usize) -> Self {
        Self {
            scanner: Scanner::new(text),
            offset,
            stack: Vec::new(),
            first_text: None,
            item_text: None,
            root: None,
            reading: Reading {
                value: None,
                members: Vec::new(),
                texts: Vec::new(),
                faults: Vec::new(),
                open: Vec::new(),
            },
            pointers: POINTERS_MIN + text.len().saturating_mul(POINTERS_MAX),
            stopped: false,
        }
    }

    pub(super) fn read(mut self) -> Reading {
        while let Some(token) = self.scanner.next() {
            let span = Span::new(token.start, token.end).moved(self.offset);
            self.take(token, span);
            if self.stopped || self.reading.faults.len() > FAULTS_MAX {
                return self.reading;
            }
        }
        if let Some((text, _)) = self.first_text.take() {
            self.root = text.map(Value::String);
        }
        while let Some(frame) = self.stack.last() {
            if !frame.implicit {
                let opened = frame.opened;
                self.fault(FaultKind::Unclosed, opened);
            }
            self.close();
        }
        self.reading.value = self.root;
        self.reading
    }

    fn fault(&mut self, kind: FaultKind, span: Span) {
        self.reading.faults.push(Fault { kind, span });
    }

    fn take(&mut self, token: Token, span: Span) {
        let item_text = self.item_text.take();
        if token.kind == TokenKind::Colon
            && let Some((key, key_span)) = item_text
        {
            self.open_for(key, key_span);
        }
        match token.kind {
            TokenKind::Comment => self.fault(FaultKind::Comment, span),
            TokenKind::Ellipsis => self.elide(span),
            TokenKind::Open(bracket) => self.open(bracket, span),
            TokenKind::Close(bracket) => self.end(bracket, span),
            TokenKind::Colon => self.colon(span),
            TokenKind::Comma => self.comma(span),
            TokenKind::Text(text) => self.text(text, span),
            TokenKind::UnclosedText => {
                self.fault(FaultKind::UnclosedText, span);
                self.text(None, span);
            }
            TokenKind::Bare => {
                let word = self.scanner.slice(token.start, token.end);
                self.bare(word, span);
            }
        }
    }

    fn elide(&mut self, span: Span) {
        self.fault(FaultKind::Ellipsis, span);
        let Some(frame) = self.stack.last() else {
            self.reading.open.push(String::new());
            return;
        };
        if frame.next == Next::Value {
            self.stand_in(span);
            return;
        }
        self.reading.open.push(frame.pointer.clone());
        if let Some(frame) = self.stack.last_mut() {
            frame.next = Next::Elided;
            frame.comma = None;
        }
    }

    /// Something stands for a value that is left out.
    fn stand_in(&mut self, span: Span) {
        self.reading.open.push(self.place());
        self.put(Value::Null, span);
    }

    /// JSON pointer of the value that comes next.
    fn place(&self) -> String {
        self.stack.last().map_or_else(String::new, |frame| match frame.bracket {
            Bracket::Object => {
                let mut place = String::with_capacity(frame.pointer.len() + 1 + frame.key.len());
                place.push_str(&frame.pointer);
                place.push('/');
                if frame.key.contains(['~', '/']) {
                    place.push_str(&frame.key.replace('~', "~0").replace('/', "~1"));
                } else {
                    place.push_str(&frame.key);
                }
                place
            }
            Bracket::Array => format!("{}/{}", frame.pointer, frame.items.len()),
        })
    }

    /// Whether a value may stand here; if not, why.
    fn expect_value(&mut self, span: Span) -> bool {
        let Some(frame) = self.stack.last_mut() else {
            if self.root.is_some() {
                self.fault(FaultKind::Unreadable, span);
                self.stopped = true;
            }
            return !self.stopped;
        };
        match (frame.bracket, frame.next) {
            (Bracket::Object, Next::Value) | (Bracket::Array, Next::Entry | Next::Elided) => true,
            (Bracket::Array, _) => {
                self.fault(FaultKind::MissingComma, span);
                true
            }
            (Bracket::Object, _) => {
                self.fault(FaultKind::Unreadable, span);
                false
            }
        }
    }

    fn open(&mut self, bracket: Bracket, span: Span) {
        if self.stack.len() >= DEPTH_MAX {
            self.fault(FaultKind::TooDeep, span);
            self.stopped = true;
            return;
        }
        if !self.expect_value(span) && self.stopped {
            return;
        }
        let pointer = self.place();
        self.spend(pointer.len(), span);
        self.stack.push(Frame::new(bracket, pointer, span));
    }

    fn end(&mut self, bracket: Bracket, span: Span) {
        if !self.stack.iter().any(|frame| frame.bracket == bracket) {
            self.fault(FaultKind::Unopened, span);
            return;
        }
        while let Some(frame) = self.stack.last() {
            let (found, opened, comma, next) = (frame.bracket, frame.opened, frame.comma, frame.next);
            let implicit = frame.implicit;
            if found == bracket {
                if let Some(comma) = comma {
                    self.fault(FaultKind::TrailingComma, comma);
                }
                if next == Next::Value || next == Next::Colon {
                    self.fault(FaultKind::Unreadable, span);
                }
                self.close();
                return;
            }
            if !implicit {
                self.fault(FaultKind::Unclosed, opened);
            }
            self.close();
        }
    }

    /// Hands the innermost object or array to the one around it.
    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        let value = match frame.bracket {
            Bracket::Object => Value::Object(frame.object),
            Bracket::Array => Value::Array(frame.items),
        };
        self.put(value, frame.opened);
    }

    fn put(&mut self, value: Value, span: Span) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(value);
            return;
        };
        frame.next = Next::Comma;
        frame.comma = None;
        match frame.bracket {
            Bracket::Array => frame.items.push(value),
            Bracket::Object => {
                let member = frame.member.and_then(|index| self.reading.members.get_mut(index));
                if let Some(member) = member {
                    member.value_span = span;
                }
                frame.object.insert(std::mem::take(&mut frame.key), value);
            }
        }
    }

    fn colon(&mut self, span: Span) {
        if let Some((text, key_span)) = self.first_text.take() {
            self.fault(FaultKind::Fragment, key_span);
            let mut frame = Frame::new(Bracket::Object, String::new(), key_span);
            frame.implicit = true;
            self.stack.push(frame);
            self.key(text.unwrap_or_default(), key_span);
        }
        match self.stack.last_mut() {
            Some(frame) if frame.next == Next::Colon => frame.next = Next::Value,
            _ => self.fault(FaultKind::Unreadable, span),
        }
    }

    /// A member stands in an array: the brace that opens its object is lost.
    fn open_for(&mut self, key: String, span: Span) {
        let Some(frame) = self.stack.last_mut() else { return };
        frame.items.pop();
        self.reading.texts.pop();
        if self.stack.len() >= DEPTH_MAX {
            self.fault(FaultKind::TooDeep, span);
            self.stopped = true;
            return;
        }
        self.fault(FaultKind::LostOpening, span);
        let mut frame = Frame::new(Bracket::Object, self.place(), span);
        frame.implicit = true;
        self.stack.push(frame);
        self.key(key, span);
    }

    fn comma(&mut self, span: Span) {
        match self.stack.last_mut() {
            Some(frame) if matches!(frame.next, Next::Comma | Next::Elided) => {
                frame.next = Next::Entry;
                frame.comma = Some(span);
            }
            _ => self.fault(FaultKind::Unreadable, span),
        }
    }

    fn text(&mut self, text: Option<String>, span: Span) {
        let Some(frame) = self.stack.last() else {
            if self.expect_value(span) {
                self.first_text = Some((text, span));
            }
            return;
        };
        match (frame.bracket, frame.next) {
            (Bracket::Object, Next::Entry | Next::Elided) => self.key(text.unwrap_or_default(), span),
            (Bracket::Object, Next::Comma) => {
                self.fault(FaultKind::MissingComma, span);
                self.key(text.unwrap_or_default(), span);
            }
            _ => {
                if self.expect_value(span) {
                    let in_array = self.stack.last().is_some_and(|frame| frame.bracket == Bracket::Array);
                    if let Some(text) = &text {
                        self.item_text = in_array.then(|| (text.clone(), span));
                        let inside = Span::new(span.start + 1, span.end - 1);
                        self.reading.texts.push(Word { text: text.clone().into(), span: inside });
                    }
                    self.put(text.map_or(Value::Null, Value::String), span);
                }
            }
        }
    }

    fn key(&mut self, key: String, span: Span) {
        let Some(frame) = self.stack.last_mut() else { return };
        let repeated = frame.object.contains_key(&key);
        frame.key = key;
        frame.next = Next::Colon;
        frame.comma = None;
        frame.member = Some(self.reading.members.len());
        let pointer = self.place();
        self.spend(pointer.len(), span);
        let key = self.stack.last().map(|frame| frame.key.clone()).unwrap_or_default();
        self.reading.members.push(Member {
            pointer: pointer.into(),
            key: key.into(),
            key_span: span,
            value_span: span,
        });
        if repeated {
            self.fault(FaultKind::RepeatedKey, span);
        }
    }

    /// Counts what a pointer takes, and stops where it is too much.
    fn spend(&mut self, bytes: usize, span: Span) {
        if let Some(left) = self.pointers.checked_sub(bytes) {
            self.pointers = left;
        } else {
            self.fault(FaultKind::TooDeep, span);
            self.stopped = true;
        }
    }

    fn bare(&mut self, word: &str, span: Span) {
        let known = serde_json::from_str::<Value>(word).ok().filter(|value| !value.is_string());
        if !self.expect_value(span) {
            return;
        }
        if let Some(value) = known {
            self.put(value, span);
        } else {
            self.fault(FaultKind::BareWord, span);
            self.stand_in(span);
        }
    }
}

impl Frame {
    fn new(bracket: Bracket, pointer: String, opened: Span) -> Self {
        Self {
            bracket,
            pointer,
            opened,
            implicit: false,
            object: Map::new(),
            items: Vec::new(),
            key: String::new(),
            member: None,
            next: Next::Entry,
            comma: None,
        }
    }
}
