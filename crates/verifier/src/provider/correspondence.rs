//! Which generated text of the server stands for which generated text of the simulator.

use std::collections::{BTreeMap, BTreeSet};

use crate::instant::{InstantForm, shaped};

/// Pairs of identifiers and instants that stand for each other in the two worlds.
///
/// Identifiers correspond one to one, from their first appearance on. Instants that a caller sent correspond to each
/// other. All others lie as far apart as the two clocks, which the first pair tells, give or take a few days: months
/// before now are not the same number of days in every year.
#[derive(Clone, Debug)]
pub(super) struct Correspondence {
    model_base_url: String,
    server_base_url: String,
    /// How instants are written.
    instants: BTreeSet<InstantForm>,
    identifiers: BTreeMap<String, String>,
    taken: BTreeMap<String, String>,
    sent_instants: BTreeMap<String, String>,
    /// How much later the server's clock is, in seconds, once a pair of instants has told it.
    ahead_seconds: Option<i64>,
}

/// How far two instants may lie apart beyond what their clocks do, in seconds.
const DRIFT_MAX_SECONDS: u64 = 4 * 86_400;

/// How two texts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextDifference {
    /// They are not the same URL.
    Link,
    /// They are not the same value.
    Value,
}

/// Part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Literal(&'t str),
    Identifier(&'t str),
    Instant(&'t str),
}

impl Correspondence {
    /// Nothing corresponds yet but the base URLs. Instants are written in these forms.
    pub(super) fn new(model_base_url: &str, server_base_url: &str, instants: BTreeSet<InstantForm>) -> Self {
        Self {
            model_base_url: model_base_url.to_owned(),
            server_base_url: server_base_url.to_owned(),
            instants,
            identifiers: BTreeMap::new(),
            taken: BTreeMap::new(),
            sent_instants: BTreeMap::new(),
            ahead_seconds: None,
        }
    }

    /// Learns what a caller sent to the two.
    pub(super) fn sent(&mut self, model: &str, server: &str) {
        let pairs = pieces(model, &self.instants).into_iter().zip(pieces(server, &self.instants));
        for (model, server) in pairs {
            if let (Piece::Instant(model), Piece::Instant(server)) = (model, server) {
                self.sent_instants.insert(model.to_owned(), server.to_owned());
            }
        }
    }

    /// Whether the server's text is what the simulator's stands for.
    pub(super) fn text(&mut self, model: &str, server: &str) -> Result<(), TextDifference> {
        let Some(model_target) = model.strip_prefix(&self.model_base_url) else {
            return self.plain(model, server).then_some(()).ok_or(TextDifference::Value);
        };
        let server_target = server.strip_prefix(&self.server_base_url).ok_or(TextDifference::Link)?;
        let (model_path, model_query) = model_target.split_once('?').unwrap_or((model_target, ""));
        let (server_path, server_query) = server_target.split_once('?').unwrap_or((server_target, ""));
        let (model_pairs, server_pairs) = (pairs(model_query), pairs(server_query));
        let same = self.plain(model_path, server_path)
            && model_pairs.len() == server_pairs.len()
            && model_pairs
                .iter()
                .zip(&server_pairs)
                .all(|(model, server)| model.0 == server.0 && self.plain(&model.1, &server.1));
        same.then_some(()).ok_or(TextDifference::Link)
    }

    /// The simulator's text as the server would write it, as far as that is known.
    pub(super) fn translated(&self, model: &str) -> String {
        let mut text = String::with_capacity(model.len());
        let target = model.strip_prefix(&self.model_base_url);
        if target.is_some() {
            text.push_str(&self.server_base_url);
        }
        for piece in pieces(target.unwrap_or(model), &self.instants) {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Identifier(id) => {
                    text.push_str(self.identifiers.get(id).map_or("{an id}", String::as_str));
                }
                Piece::Instant(instant) => {
                    text.push_str(self.sent_instants.get(instant).map_or("{an instant}", String::as_str));
                }
            }
        }
        text
    }

    fn plain(&mut self, model: &str, server: &str) -> bool {
        let (model, server) = (pieces(model, &self.instants), pieces(server, &self.instants));
        model.len() == server.len()
            && model.into_iter().zip(server).all(|pair| match pair {
                (Piece::Literal(model), Piece::Literal(server)) => model == server,
                (Piece::Identifier(model), Piece::Identifier(server)) => self.same_identifier(model, server),
                (Piece::Instant(model), Piece::Instant(server)) => match self.sent_instants.get(model) {
                    Some(sent) => sent == server,
                    None => model == server || self.same_distance(model, server),
                },
                _ => false,
            })
    }

    /// Whether two instants lie as far apart as the clocks. The first pair tells how far that is.
    fn same_distance(&mut self, model: &str, server: &str) -> bool {
        let second_of = |text: &str| self.instants.iter().find_map(|form| form.second_of(text));
        let (Some(model), Some(server)) = (second_of(model), second_of(server)) else { return false };
        let ahead = server.saturating_sub(model);
        ahead.abs_diff(*self.ahead_seconds.get_or_insert(ahead)) <= DRIFT_MAX_SECONDS
    }

    fn same_identifier(&mut self, model: &str, server: &str) -> bool {
        match (self.identifiers.get(model), self.taken.get(server)) {
            (Some(known), _) => known == server,
            (None, Some(_)) => false,
            (None, None) => {
                self.identifiers.insert(model.to_owned(), server.to_owned());
                self.taken.insert(server.to_owned(), model.to_owned());
                true
            }
        }
    }
}

/// The decoded pairs of a query, in the order of their names: servers may order them as they like.
fn pairs(query: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    pairs.sort();
    pairs
}

/// Cuts text at its identifiers, and at its instants in these forms.
fn pieces<'t>(text: &'t str, instants: &BTreeSet<InstantForm>) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut literal = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(character) = rest.chars().next() else { break };
        let instant = || instants.iter().find_map(|form| form.start(rest)).map(Piece::Instant);
        let piece = shaped(rest, IDENTIFIER).map(Piece::Identifier).or_else(instant);
        let Some(piece) = piece else {
            at += character.len_utf8();
            continue;
        };
        let (Piece::Literal(found) | Piece::Identifier(found) | Piece::Instant(found)) = piece;
        if let Some(before) = text.get(literal..at).filter(|before| !before.is_empty()) {
            pieces.push(Piece::Literal(before));
        }
        pieces.push(piece);
        at += found.len();
        literal = at;
    }
    if let Some(rest) = text.get(literal..).filter(|rest| !rest.is_empty()) {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

/// A UUID in lower case: `h` is a digit of base 16.
const IDENTIFIER: &str = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const A: &str = "c30ae9da-9222-4de5-81fe-fe1ac590fa0f";
    const B: &str = "555ae9da-9222-4de5-81fe-fe1ac590fa0f";
    const THEN: &str = "2021-01-08T22:03:09.598Z";
    const NOW: &str = "2026-01-08T22:03:09.598Z";

    fn forms() -> BTreeSet<InstantForm> {
        let affixes = json!({"prefix": "at(", "suffix": ")", "unit": "seconds"});
        [None, Some(&affixes)]
            .into_iter()
            .filter_map(|form| InstantForm::of(form, Some("date-time")))
            .collect()
    }

    fn check(pairs: &[(&str, &str)], expected: Result<(), TextDifference>) {
        let mut correspondence = Correspondence::new("http://model/api", "http://server", forms());
        correspondence.sent(NOW, THEN);
        let outcome = pairs.iter().try_for_each(|(model, server)| correspondence.text(model, server));
        assert_eq!(outcome, expected, "{pairs:?}");
    }

    #[test]
    fn identifiers_correspond_one_to_one() {
        check(&[(A, B), (B, A), (&format!("N-{A}"), &format!("N-{B}"))], Ok(()));
        check(&[(A, B), (A, A)], Err(TextDifference::Value));
        check(&[(A, B), (B, B)], Err(TextDifference::Value));
        check(&[(A, &A.to_uppercase())], Err(TextDifference::Value));
        check(&[(&format!("N-{A}"), &format!("n-{B}"))], Err(TextDifference::Value));
    }

    #[test]
    fn instants_differ_unless_they_were_sent() {
        check(&[("2026-01-01T00:00:00.000Z", THEN), (NOW, THEN)], Ok(()));
        check(&[(NOW, "2021-01-08T22:03:09.599Z")], Err(TextDifference::Value));
        check(&[(NOW, "2021-01-08T22:03:09Z")], Err(TextDifference::Value));
    }

    #[test]
    fn instants_lie_as_far_apart_as_the_clocks() {
        let first = ("at(1765756800)", "at(1765756900)");
        check(&[first, ("at(-62169984000)", "at(-62169984000)"), ("at(-500)", "at(86400)")], Ok(()));
        // Milliseconds in place of seconds.
        check(&[first, ("at(1500000000)", "at(1500000000000)")], Err(TextDifference::Value));
        check(&[first, ("2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z")], Err(TextDifference::Value));
    }

    #[test]
    fn instants_are_those_of_the_contract() {
        check(&[("at(1765756800)", "at(1794960000)"), ("at(-1)", "at(29203199)")], Ok(()));
        check(&[("at(1765756800)", "at()")], Err(TextDifference::Value));
        check(&[("at(1765756800)", "1794960000")], Err(TextDifference::Value));
        check(&[("on(1765756800)", "on(1794960000)")], Err(TextDifference::Value));
    }

    #[test]
    fn urls_lead_back_to_where_they_came_from() {
        let model = format!("http://model/api/a/{A}?x=1&at={NOW}");
        check(&[(&model, &format!("http://server/a/{B}?at={}&x=1", THEN.replace(':', "%3A")))], Ok(()));
        check(&[(&model, &format!("http://other/a/{B}?x=1&at={THEN}"))], Err(TextDifference::Link));
        check(&[(&model, &format!("http://server/a/{B}?x=1"))], Err(TextDifference::Link));
    }
}
