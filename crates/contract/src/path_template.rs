//! Paths with parameters, and the table that finds the operations of a path.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::Method;

/// A path with `{parameter}` segments, such as `/claims/{claimId}/orders`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate(&'static str);

impl PathTemplate {
    /// The template written as `template`.
    pub const fn new(template: &'static str) -> Self {
        Self(template)
    }

    /// The template as the documents write it.
    pub const fn as_str(&self) -> &'static str {
        self.0
    }

    /// The names of the parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        self.0.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }

    /// What follows each parameter within its segment: `)` in `/Loans({id})`.
    fn suffixes(self) -> impl Iterator<Item = &'static str> {
        self.0.split('{').skip(1).filter_map(|rest| {
            let (_, after) = rest.split_once('}')?;
            after.split('/').next()
        })
    }

    /// The template as the router takes it. It cannot hold two parameters with something after them side by side, so
    /// what follows is left to the match.
    fn without_suffixes(self) -> String {
        let mut plain = String::with_capacity(self.0.len());
        let mut rest = self.0;
        while let Some((start, after)) = rest.split_once('}') {
            plain.push_str(start);
            plain.push('}');
            rest = after.find('/').and_then(|slash| after.get(slash..)).unwrap_or_default();
        }
        plain.push_str(rest);
        plain
    }

    /// The path with a value for each parameter, percent-encoded as a path segment.
    pub fn expand<'v>(&self, value: impl Fn(&str) -> &'v str) -> String {
        let mut path = String::with_capacity(self.0.len() + 32);
        let mut rest = self.0;
        while let Some((literal, tail)) = rest.split_once('{') {
            let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
            path.push_str(literal);
            path.extend(percent_encoding::utf8_percent_encode(value(name), SEGMENT));
            rest = after;
        }
        path.push_str(rest);
        path
    }
}

/// Characters that a path segment cannot hold as they are.
const SEGMENT: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

impl fmt::Display for PathTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl Serialize for PathTemplate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

/// The operations of an API by path and method. Static segments win over parameters.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    router: matchit::Router<usize>,
    paths: Vec<Path>,
}

#[derive(Clone, Debug)]
struct Path {
    template: PathTemplate,
    /// What follows each parameter within its segment, such as `)`.
    suffixes: Vec<&'static str>,
    operations: Vec<(Method, usize)>,
}

/// What a path leads to.
#[derive(Debug)]
pub struct PathMatch<'t, 'p> {
    path: &'t Path,
    parameters: matchit::Params<'t, 'p>,
}

impl Routes {
    /// The table of these operations; each is known by its place in the list.
    ///
    /// Two templates that no path can tell apart are a defect of the list: the later one is left out, and
    /// [`Contract::defects`](crate::Contract::defects) names it.
    pub fn new(operations: impl IntoIterator<Item = (Method, PathTemplate)>) -> Self {
        let mut routes = Self::default();
        for (operation, (method, template)) in operations.into_iter().enumerate() {
            let known = routes.paths.iter_mut().find(|path| path.template == template);
            if let Some(path) = known {
                path.operations.push((method, operation));
            } else if routes.router.insert(template.without_suffixes(), routes.paths.len()).is_ok() {
                let suffixes = template.suffixes().collect();
                routes.paths.push(Path { template, suffixes, operations: vec![(method, operation)] });
            }
        }
        routes
    }

    /// What this path (still percent-encoded, without query) leads to.
    pub fn at<'t, 'p>(&'t self, path: &'p str) -> Option<PathMatch<'t, 'p>> {
        let found = self.router.at(path).ok()?;
        let matched = PathMatch { path: self.paths.get(*found.value)?, parameters: found.params };
        let mut values = matched.parameters.iter().zip(&matched.path.suffixes);
        values.all(|((_, value), suffix)| is_longer(value, suffix)).then_some(matched)
    }

    /// Whether the operation at this place of the list can be reached.
    pub fn reaches(&self, operation: usize) -> bool {
        self.paths.iter().any(|path| path.operations.iter().any(|(_, index)| *index == operation))
    }

    /// The templates that resemble this call most, best first, at most `count`.
    pub fn nearest(&self, method: &str, path: &str, count: usize) -> Vec<(Method, PathTemplate)> {
        let segments: Vec<&str> = path.split('/').collect();
        let mut candidates: Vec<(usize, Method, PathTemplate)> = self
            .paths
            .iter()
            .flat_map(|known| known.operations.iter().map(move |(verb, _)| (*verb, known.template)))
            .map(|(verb, template)| {
                let other: Vec<&str> = template.as_str().split('/').collect();
                let shared = segments
                    .iter()
                    .zip(&other)
                    .filter(|(given, known)| given == known || known.starts_with('{'))
                    .count();
                let distance =
                    2 * (segments.len().max(other.len()) - shared) + usize::from(verb.as_str() != method);
                (distance, verb, template)
            })
            .collect();
        candidates.sort();
        candidates.into_iter().take(count).map(|(_, method, template)| (method, template)).collect()
    }
}

impl<'p> PathMatch<'_, 'p> {
    /// The template that the path fits.
    pub fn template(&self) -> PathTemplate {
        self.path.template
    }

    /// The place in the list of the operation with this method.
    pub fn operation(&self, method: &str) -> Option<usize> {
        self.path.operations.iter().find(|(known, _)| known.as_str() == method).map(|(_, index)| *index)
    }

    /// The methods of this path among those that `served` keeps.
    pub fn methods(&self, served: impl Fn(usize) -> bool) -> Vec<Method> {
        let mut methods: Vec<Method> = self
            .path
            .operations
            .iter()
            .filter(|(_, index)| served(*index))
            .map(|(method, _)| *method)
            .collect();
        methods.sort_unstable();
        methods
    }

    /// The parameters of the path, still percent-encoded.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &'p str)> {
        let suffixes = self.path.suffixes.iter();
        self.parameters
            .iter()
            .zip(suffixes)
            .map(|((name, value), suffix)| (name, value.strip_suffix(suffix).unwrap_or(value)))
    }
}

/// Whether a value ends with this and has something before it.
fn is_longer(value: &str, suffix: &str) -> bool {
    value.strip_suffix(suffix).is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes {
        Routes::new([
            (Method::Get, PathTemplate::new("/claims/{claimId}")),
            (Method::Put, PathTemplate::new("/claims/{claimId}")),
            (Method::Get, PathTemplate::new("/claims/order-types")),
            (Method::Post, PathTemplate::new("/claims/documents/{claimId}")),
            (Method::Post, PathTemplate::new("/claims/{claimId}/orders")),
        ])
    }

    fn check(method: &str, path: &str, expected: Option<usize>) {
        let routes = routes();
        assert_eq!(routes.at(path).and_then(|found| found.operation(method)), expected, "{method} {path}");
    }

    #[test]
    fn static_segments_win_over_parameters() {
        check("GET", "/claims/order-types", Some(2));
        check("GET", "/claims/other", Some(0));
        check("PUT", "/claims/other", Some(1));
        check("PUT", "/claims/order-types", None);
        check("POST", "/claims/documents/7", Some(3));
        check("POST", "/claims/documents/orders", Some(3));
        check("POST", "/claims/7/orders", Some(4));
        check("GET", "/claims", None);
    }

    #[test]
    fn parameters_may_stand_between_words_of_their_segment() {
        let templates = ["/Loans({id})", "/Loans({id})/Setup", "/Loans({id})/{part}", "/LoanArchive({id})"];
        let routes = Routes::new(templates.map(|template| (Method::Get, PathTemplate::new(template))));
        let found = |path: &str| {
            let found = routes.at(path)?;
            let values = found.parameters().map(|(_, value)| value.to_owned()).collect::<Vec<_>>();
            Some((found.template().as_str(), values.join(" ")))
        };
        assert_eq!(found("/Loans(1)"), Some((templates[0], "1".to_owned())));
        assert_eq!(found("/Loans(1))"), Some((templates[0], "1)".to_owned())));
        assert_eq!(found("/Loans(1)/Setup"), Some((templates[1], "1".to_owned())));
        assert_eq!(found("/Loans(1)/Other"), Some((templates[2], "1 Other".to_owned())));
        assert_eq!(found("/LoanArchive(1)"), Some((templates[3], "1".to_owned())));
        for path in ["/Loans(1", "/Loans()", "/Loans(1)x", "/Loans(1/Setup", "/Loans", "/Loan(1)"] {
            assert_eq!(found(path), None, "{path}");
        }
    }

    #[test]
    fn values_are_encoded_into_the_path() {
        let template = PathTemplate::new("/Loans({id})/Setup");
        assert_eq!(template.expand(|_| "a/b c"), "/Loans(a%2Fb%20c)/Setup");
        assert_eq!(template.parameters().collect::<Vec<_>>(), ["id"]);
    }

    #[test]
    fn the_nearest_template_has_most_segments_in_common() {
        let nearest = routes().nearest("POST", "/claim/7/orders", 1);
        assert_eq!(nearest, [(Method::Post, PathTemplate::new("/claims/{claimId}/orders"))]);
    }
}
