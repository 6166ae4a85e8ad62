//! DOC-LIMIT.

use serde_json::Value;

use super::rule;
use crate::{
    LimitKind, Row, Severity,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares a default, and how large or long a value can be, with the contract's. Defaults that are told in
    /// words, such as “current time”, are left alone. It also finds rows that have a maximum in the contract, and say
    /// nothing of one.
    ///
    /// ## Why is this bad?
    /// Clients that rely on the default get something else; what is beyond the maximum is refused.
    ///
    /// ## Example
    /// `pageSize | 50` where the contract's default is 100.
    "DOC-LIMIT", "default-or-maximum", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for described in &page.described {
        let Some(table) = page.facts.tables.get(described.table) else { continue };
        for row in table.members() {
            let name = row.name.text.as_str();
            let Some(member) = described.schema.member(name) else { continue };
            let subject = &described.subject;
            if let (Some(stated), Some(actual)) = (&row.default, member.default())
                && !same_value(&stated.text, actual)
            {
                let message =
                    format!("`{name}` defaults to {} here and to {actual} in {subject}", stated.text);
                let draft = Draft::new(format!("{subject} {name} default"), message, "state one default");
                findings.report(&RULE, draft.at(page.spot(stated.span), format!("{actual} in the contract")));
            }
            let told = row.limits.iter().any(|limit| limit.kind == LimitKind::Maximum);
            let unstated = |actual: &f64| !told && member.is_documented() && unstated(page, row, *actual);
            if let Some(actual) = member.limit("maximum").filter(unstated) {
                let message =
                    format!("`{name}` is at most {actual} in {subject}, and the row names no maximum");
                let draft = Draft::new(format!("{subject} {name} unstated"), message, "state the maximum");
                let draft = draft.weighing(Severity::Info);
                findings.report(&RULE, draft.at(page.spot(row.span), format!("{actual} in the contract")));
            }
            for limit in &row.limits {
                let (keyword, words) = words_of(limit.kind);
                let Some(actual) = member.limit(keyword) else { continue };
                let stated = &limit.value.text;
                if stated.parse::<f64>().is_ok_and(|stated| (stated - actual).abs() > f64::EPSILON) {
                    let message =
                        format!("`{name}` is {words} {stated} here and {words} {actual} in {subject}");
                    let cause = format!("{subject} {name} {keyword}");
                    let draft = Draft::new(cause, message, format!("state one {keyword}"));
                    findings
                        .report(&RULE, draft.at(page.spot(row.span), format!("{actual} in the contract")));
                }
            }
        }
    }
}

/// The schema keyword of a limit, and how sentences begin that tell it.
const fn words_of(kind: LimitKind) -> (&'static str, &'static str) {
    match kind {
        LimitKind::Maximum => ("maximum", "at most"),
        LimitKind::Minimum => ("minimum", "at least"),
        LimitKind::LengthMaximum => ("maxLength", "in characters at most"),
        LimitKind::LengthMinimum => ("minLength", "in characters at least"),
    }
}

/// Larger maxima only keep numbers finite: no caller meets them.
const MET_MAX: f64 = 1_000_000.0;

/// Whether the row says nothing of a maximum that somebody chose. All bits of a number are what a type can hold.
fn unstated(page: &Page<'_>, row: &Row, maximum: f64) -> bool {
    let of_type = [f64::from(u8::MAX), f64::from(u16::MAX)].contains(&maximum);
    let named = page.text.slice(row.span).replace(',', "").contains(&maximum.to_string());
    !of_type && maximum <= MET_MAX && !named
}

/// Whether the text is the value, or no value at all.
fn same_value(stated: &str, actual: &Value) -> bool {
    let stated = stated.trim().trim_matches(['"', '\'', '`']);
    match actual {
        Value::String(actual) => stated == actual || stated.contains(' '),
        Value::Number(actual) => match (stated.parse::<f64>(), actual.as_f64()) {
            (Ok(stated), Some(actual)) => (stated - actual).abs() <= f64::EPSILON,
            _ => true,
        },
        Value::Bool(actual) => stated.parse::<bool>().map_or(true, |stated| stated == *actual),
        _ => true,
    }
}
