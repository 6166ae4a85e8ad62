//! People who do not exist.

use estoppel_values::Text;
use fake::locales::{Data, EN};

use crate::{Draw, Line};

/// A person: a name, and a mail address that goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// First name.
    pub first_name: &'static str,
    /// Last name.
    pub last_name: &'static str,
    /// Where their mail goes: a domain that is reserved for examples.
    pub domain: &'static str,
}

/// The domains of mail addresses: nobody reads what is sent there.
const DOMAINS: [&str; 2] = ["example.com", "example.org"];

/// A person.
pub fn person<D: Draw>(draw: D) -> Person {
    let one_of = |name: &str, items: &'static [&'static str]| {
        draw.field(name).pick(items).copied().unwrap_or_default()
    };
    Person {
        first_name: one_of("first name", EN::NAME_FIRST_NAME),
        last_name: one_of("last name", EN::NAME_LAST_NAME),
        domain: draw.field("domain").pick(&DOMAINS).copied().unwrap_or_default(),
    }
}

impl Person {
    /// First and last name.
    pub fn name(self) -> Text {
        Line::new().text(self.first_name).text(" ").text(self.last_name).finish()
    }

    /// The mail address.
    pub fn email_address(self) -> Text {
        Line::new()
            .plain(self.first_name)
            .text(".")
            .plain(self.last_name)
            .text("@")
            .text(self.domain)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn people_are_frozen_by_the_generator_version() {
        let person = person(Key::new(7).entity("person"));
        assert_eq!(
            (&*person.name(), &*person.email_address()),
            ("Gonzalo Fahey", "gonzalo.fahey@example.com")
        );
    }

    #[test]
    fn mail_goes_to_reserved_domains_only() {
        for index in 0..2000 {
            let address = person(Key::new(1).index(index)).email_address();
            let (local, domain) = address.split_once('@').unwrap();
            assert!(DOMAINS.contains(&domain), "{address}");
            assert!(local.bytes().all(|byte| byte == b'.' || byte.is_ascii_lowercase()), "{address}");
        }
    }
}
