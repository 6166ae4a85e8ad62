//! The ways in which a receiver may want its deliveries signed: the right one, and the usual wrong ones.

use estoppel_contract::Signing;
use serde_json::Value;

use crate::{
    Rule,
    signature::{
        BodyStyle, Construction, Escapes, KeyForm, Layout, MemberOrder, MessageForm, Numbers, Writing,
    },
};

/// A way to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    key: KeyForm,
    /// How the body is written again before it is signed, if it is.
    body: Option<BodyStyle>,
    message: MessageForm,
    construction: Construction,
    writing: Writing,
}

/// A wrong way to sign, the rule that a receiver breaks that wants it, and what it wants, in a few words.
pub(super) struct Wrong {
    pub(super) dialect: Dialect,
    pub(super) rule: Rule,
    pub(super) wants: String,
}

impl Dialect {
    /// The right way.
    pub(super) const fn right(writing: Writing) -> Self {
        Self {
            key: KeyForm::AsGiven,
            body: None,
            message: MessageForm::Documented,
            construction: Construction::Hmac,
            writing,
        }
    }

    /// The signature of a body, in this way.
    pub(super) fn sign(&self, signing: &Signing, key: &str, body: &[u8], suffix: &str) -> String {
        self.writing.write(&self.digest(signing, key, body, suffix))
    }

    fn digest(&self, signing: &Signing, key: &str, body: &[u8], suffix: &str) -> [u8; 32] {
        let parsed: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        let rewritten = self.body.filter(|_| !parsed.is_null()).map(|style| style.write(&parsed));
        let signed = rewritten.as_deref().unwrap_or(body);
        let message = self.message.message(signed, &parsed, signing.separator, suffix);
        let key = self.key.of(key).unwrap_or_else(|| key.as_bytes().to_vec());
        self.construction.digest(&key, &message)
    }

    /// This way, over the body as it is written again in another style.
    pub(super) fn over(&self, style: BodyStyle) -> Self {
        Self { body: Some(style), ..self.clone() }
    }
}

/// The styles in which receivers write a body again, the most usual first.
pub(super) fn rewritings() -> Vec<BodyStyle> {
    let plain = BodyStyle::PLAIN;
    let sorted = BodyStyle { order: MemberOrder::Sorted, ..plain };
    let spaced = BodyStyle { layout: Layout::Spaced, escapes: Escapes::NonAscii, ..plain };
    vec![
        plain,
        sorted,
        BodyStyle { escapes: Escapes::NonAscii, ..plain },
        BodyStyle { escapes: Escapes::NonAscii, ..sorted },
        spaced,
        BodyStyle { order: MemberOrder::Sorted, ..spaced },
        BodyStyle { escapes: Escapes::None, ..spaced },
        BodyStyle { escapes: Escapes::None, order: MemberOrder::Sorted, ..spaced },
        BodyStyle { numbers: Numbers::WholeWithFraction, ..plain },
        BodyStyle { numbers: Numbers::WholeWithFraction, ..sorted },
        BodyStyle { numbers: Numbers::WholeWithFraction, ..spaced },
        BodyStyle { escapes: Escapes::NonAsciiAndSlash, ..plain },
        BodyStyle { escapes: Escapes::Slash, ..plain },
        BodyStyle { escapes: Escapes::Html, ..plain },
        BodyStyle { escapes: Escapes::HtmlAndNonAscii, ..plain },
        BodyStyle { layout: Layout::Indented(2), ..plain },
        BodyStyle { numbers: Numbers::OneWithFraction(0), ..plain },
        BodyStyle { numbers: Numbers::OneWithFraction(1), ..plain },
    ]
}

/// The wrong ways that receivers want, the most usual first. `members` are those of the body that can be mistaken for
/// the suffix.
pub(super) fn wrong_ways(right: &Dialect, members: &[&str]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut add = |dialect: Dialect, rule: Rule, wants: String| wrong.push(Wrong { dialect, rule, wants });
    for message in [MessageForm::SuffixMissing, MessageForm::SuffixEmpty] {
        let wants = format!("a signature of {message}");
        add(Dialect { message, ..right.clone() }, Rule::SignatureSuffix, wants);
    }
    for member in members {
        let message = MessageForm::OtherMember((*member).to_owned());
        let wants = format!("a signature with {message}");
        add(Dialect { message, ..right.clone() }, Rule::SignatureSuffix, wants);
    }
    for style in rewritings().into_iter().skip(1) {
        let wants = format!("a signature of the body parsed and written again {style}");
        add(right.over(style), Rule::SignatureBytes, wants);
    }
    for writing in
        [Writing::LowerHex, Writing::UpperHex, Writing::Base64, Writing::Base64Unpadded, Writing::Base64Url]
    {
        if writing != right.writing {
            let rule =
                if writing == Writing::UpperHex { Rule::SignatureCase } else { Rule::SignatureEncoding };
            add(Dialect { writing, ..right.clone() }, rule, format!("a signature in {writing}"));
        }
    }
    for separator in ["", ".", "|", "\n"] {
        let message = MessageForm::OtherSeparator(separator.to_owned());
        let wants = format!("a signature of {message}");
        add(Dialect { message, ..right.clone() }, Rule::SignatureSuffix, wants);
    }
    for key in [
        KeyForm::NewlineAdded,
        KeyForm::BearerAdded,
        KeyForm::Quoted,
        KeyForm::HexDecoded,
        KeyForm::Base64Decoded,
        KeyForm::Empty,
    ] {
        let wants = format!("a signature by a key that {key}");
        add(Dialect { key, ..right.clone() }, Rule::SignatureKey, wants);
    }
    for construction in [Construction::Unkeyed, Construction::Swapped, Construction::KeyBefore] {
        let wants = format!("a signature that is {construction}");
        add(Dialect { construction, ..right.clone() }, Rule::SignatureConstruction, wants);
    }
    wrong
}
