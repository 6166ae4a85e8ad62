//! Sessions, forks, records, endpoints and timers, each until it is refused; journals are read meanwhile.

use super::{Attack, calls, outcome::Outcome};

/// Refusals in a row that end a flood.
const REFUSED_MAX: u64 = 5;

/// Floods one thing after another, each with its share of the requests.
pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    attack.target.call("POST", "/__admin/sessions", "", r#"{"name": "flood", "seed": 1}"#);
    let claims: Vec<calls::Call> = calls::all(attack.target, "flood")
        .into_iter()
        .filter(|call| call.method == "POST" && call.body.is_some() && !call.path.contains('{'))
        .collect();
    let share = attack.budget.requests / 6;
    let session = |number: u64| ("/__admin/sessions".to_owned(), format!("{{\"name\": \"s{number}\"}}"));
    let fork =
        |number: u64| ("/__admin/sessions/flood/fork".to_owned(), format!("{{\"name\": \"f{number}\"}}"));
    let endpoint = |number: u64| {
        let body = format!("{{\"api\": \"xpayoff\", \"url\": \"http://127.0.0.1:9/{number}\"}}");
        ("/__admin/sessions/flood/webhooks".to_owned(), body)
    };
    let journal = |_| ("/__admin/sessions/flood/journal".to_owned(), String::new());
    let mut reached = Vec::new();
    let record = |number: u64| {
        let place = usize::try_from(number).unwrap_or_default() % claims.len().max(1);
        let call = claims.get(place);
        (
            call.map_or(String::new(), |call| call.path.clone()),
            call.and_then(|call| call.body.as_ref()).map_or(String::new(), ToString::to_string),
        )
    };
    // Records first: forks then carry them along.
    let headers = |number: u64| {
        let place = usize::try_from(number).unwrap_or_default() % claims.len().max(1);
        claims.get(place).map_or(String::new(), |call| call.headers.clone())
    };
    let none = |_: u64| String::new();
    let floods: [Flood<'_>; 5] = [
        ("records", "POST", &record, &headers),
        ("endpoints", "POST", &endpoint, &none),
        ("journal", "GET", &journal, &none),
        ("forks", "POST", &fork, &none),
        ("sessions", "POST", &session, &none),
    ];
    for (name, method, call, headers) in floods {
        let share = if name == "journal" { share / 10 } else { share };
        let count = flood(attack, &mut outcome, share, (method, call, headers));
        reached.push(format!("{count} {name}"));
    }
    clean_up(attack);
    outcome.note = reached.join(", ");
    outcome
}

/// Path and body of the call of this number.
type PathAndBody<'f> = &'f dyn Fn(u64) -> (String, String);

/// Headers of the call of this number.
type Headers<'f> = &'f dyn Fn(u64) -> String;

/// A name, a method, and what is sent.
type Flood<'f> = (&'f str, &'f str, PathAndBody<'f>, Headers<'f>);

/// Calls until it is refused several times in a row; gives how many were let in.
fn flood(
    attack: &Attack<'_>,
    outcome: &mut Outcome,
    requests: u64,
    (method, call, headers): (&str, PathAndBody<'_>, Headers<'_>),
) -> u64 {
    let (mut sent, mut let_in, mut refused) = (0, 0, 0);
    while sent < requests && refused < REFUSED_MAX && attack.budget.allows(outcome.sent) {
        let (path, body) = call(sent);
        let reply = attack.target.call(method, &path, &headers(sent), &body);
        outcome.count(&format!("{method} {path}"), reply.as_ref());
        match reply {
            Some(reply) if reply.status < 400 => (let_in, refused) = (let_in + 1, 0),
            _ => refused += 1,
        }
        sent += 1;
    }
    let_in
}

/// Deletes what the floods made, so that what follows is not refused for their sake.
fn clean_up(attack: &Attack<'_>) {
    for number in 0..attack.budget.requests / 6 {
        for prefix in ["s", "f"] {
            let gone = attack.target.call("DELETE", &format!("/__admin/sessions/{prefix}{number}"), "", "");
            if prefix == "s" && gone.is_none_or(|reply| reply.status >= 400) && number > 2_000 {
                return;
            }
        }
    }
    attack.target.call("DELETE", "/__admin/sessions/flood", "", "");
}
