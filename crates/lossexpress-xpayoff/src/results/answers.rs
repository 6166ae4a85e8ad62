//! What lenders and the Fulfillment Center answer.

use estoppel_contract::Words;
use estoppel_generate::{Draw, account_number, midnight_after};
use estoppel_values::{Sensitive, Text, Timestamp};

use super::{
    FailureMessage, FulfilledBy, MailingAddress, PayoffResultBody,
    lender_account::{ElectronicAccount, LenderAccount},
    loan::Loan,
};
use crate::{
    ids::{OrderId, PayoffId},
    payoffs::{NewPayoffRequest, SocialSecurityNumber},
};

/// For how many days a payoff holds (R113).
const VALID_DAYS: u64 = 10;

/// How many of a hundred requests fail that can fail (R119).
const FAILURES_PERCENT: u64 = 25;

/// What a request tells that lenders ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    has_account_number: bool,
    social_security_number: Option<Digits>,
}

/// How much of a social security number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Digits {
    All,
    LastFour,
}

impl Evidence {
    /// What a request tells.
    pub(crate) fn of(request: &NewPayoffRequest) -> Self {
        let digits = |number: &SocialSecurityNumber| {
            if number.is_full() { Digits::All } else { Digits::LastFour }
        };
        Self {
            has_account_number: request.has_account_number(),
            social_security_number: request.social_security_number().map(digits),
        }
    }

    /// Whether the request fails, and why, when it is answered by this way (R119).
    ///
    /// An integrated lender fails only where neither account number nor social security number is told, and gives no
    /// message: the documented ones are the Fulfillment Center's.
    pub(crate) fn failure<D: Draw>(self, way: FulfilledBy, draw: D) -> Option<Failure> {
        let fails = draw.field("fails").chance(FAILURES_PERCENT);
        match way {
            FulfilledBy::Integration => {
                let is_blind = !self.has_account_number && self.social_security_number.is_none();
                (fails && is_blind).then_some(Failure { message: None })
            }
            FulfilledBy::FulfillmentCenter => {
                fails.then(|| Failure { message: Some(self.likely_message(draw)) })
            }
        }
    }

    /// A message that fits what the request tells: nobody asks for what was told.
    pub(crate) fn likely_message<D: Draw>(self, draw: D) -> FailureMessage {
        use FailureMessage as Message;
        let fits = |message: &Message| match message {
            Message::NeedMemberNumber | Message::NotLocated => !self.has_account_number,
            Message::NeedSocialSecurityNumber => self.social_security_number != Some(Digits::All),
            _ => true,
        };
        let fitting: Vec<Message> = Message::ALL.iter().copied().filter(fits).collect();
        draw.field("message").pick(&fitting).copied().unwrap_or(Message::NotReleased)
    }
}

/// Why there is no payoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The message, where the way has any.
    pub(crate) message: Option<FailureMessage>,
}

/// A request as whoever answers it sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inquiry<'r> {
    pub(crate) payoff_id: PayoffId,
    pub(crate) order_id: OrderId,
    pub(crate) lender_name: &'r str,
    pub(crate) account_number: Option<&'r Sensitive>,
    pub(crate) way: FulfilledBy,
}

impl Inquiry<'_> {
    /// A success without its quote: the members that do not depend on how it went.
    fn answered(&self) -> PayoffResultBody {
        PayoffResultBody {
            packet_id: self.payoff_id.into(),
            order_id: self.order_id.into(),
            order_type: Text::from_static("Payoff Request").into(),
            fulfilled_by: self.way.into(),
            customer_authorization_attempted: false.into(),
            ..PayoffResultBody::promised(self.payoff_id)
        }
    }

    /// There is no payoff.
    pub(crate) fn failed(&self, message: Option<FailureMessage>) -> PayoffResultBody {
        let error_message = message.map(|message| Text::from_static(message.as_str()));
        PayoffResultBody { success: false, error_message: error_message.into(), ..self.answered() }
    }

    /// The lender quotes the payoff of this loan as it stands on the day of `at`. The same loan has the same account
    /// number each time, and the same lender the same payee and addresses (R121).
    pub(crate) fn quoted<D: Draw>(&self, loan: &Loan<D>, at: Timestamp) -> PayoffResultBody {
        let LenderAccount { payee, office, takes_overnight_mail, phone_number, electronic } =
            LenderAccount::of(self.lender_name);
        let account =
            |draw: D| self.account_number.cloned().unwrap_or_else(|| Sensitive::from(account_number(draw)));
        let tells_account = loan.draw.field("tells account number").chance(50);
        let attn = Text::from_static("Payoff Department");
        let mut body = PayoffResultBody {
            payoff_amount: loan.amount(at).into(),
            per_diem: loan.per_diem().into(),
            valid_through_date: midnight_after(at, VALID_DAYS).into(),
            lender_phone_number: phone_number.into(),
            check_payable_to: payee.into(),
            standard_mailing_address: MailingAddress::of(attn.clone(), office.standard_mail()).into(),
            overnight_mailing_address: takes_overnight_mail
                .then(|| MailingAddress::of(attn, office.overnight_mail()))
                .into(),
            account_number: tells_account.then(|| account(loan.draw.field("account number"))).into(),
            ..self.answered()
        };
        if let Some(account) = electronic {
            tell_electronic_account(&mut body, account);
        }
        body
    }
}

fn tell_electronic_account(body: &mut PayoffResultBody, account: ElectronicAccount) {
    body.eft_account_number = account.account_number.into();
    body.eft_routing_number = account.routing_number.into();
    body.eft_state = account.state.into();
    body.eft_city = account.city.into();
    body.eft_zip_code = account.zip_code.into();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use estoppel_generate::Key;

    use super::*;

    fn check(
        has_account_number: bool,
        social_security_number: Option<Digits>,
        impossible: &[FailureMessage],
    ) {
        let evidence = Evidence { has_account_number, social_security_number };
        let failures: Vec<Failure> = (0..4_000)
            .filter_map(|index| evidence.failure(FulfilledBy::FulfillmentCenter, Key::new(1).index(index)))
            .collect();
        assert!((900..1_100).contains(&failures.len()), "{}", failures.len());
        let told: BTreeSet<_> = failures.iter().filter_map(|failure| failure.message).collect();
        let possible = FailureMessage::ALL.iter().copied().filter(|message| !impossible.contains(message));
        assert_eq!(told, possible.collect());
    }

    #[test]
    fn one_request_in_four_fails_and_nobody_asks_for_what_was_told() {
        use FailureMessage as Message;
        check(false, None, &[]);
        check(false, Some(Digits::LastFour), &[]);
        check(false, Some(Digits::All), &[Message::NeedSocialSecurityNumber]);
        check(true, None, &[Message::NeedMemberNumber, Message::NotLocated]);
        check(
            true,
            Some(Digits::All),
            &[Message::NeedMemberNumber, Message::NeedSocialSecurityNumber, Message::NotLocated],
        );
    }

    #[test]
    fn an_integrated_lender_fails_only_without_account_and_social_security_number() {
        let failures = |evidence: Evidence| {
            let keys = (0..1_000).map(|index| Key::new(1).index(index));
            let failures = keys.filter_map(|key| evidence.failure(FulfilledBy::Integration, key));
            failures.map(|failure| failure.message).collect::<Vec<_>>()
        };
        let blind = failures(Evidence { has_account_number: false, social_security_number: None });
        assert!((200..300).contains(&blind.len()) && blind.iter().all(Option::is_none));
        let told = Evidence { has_account_number: false, social_security_number: Some(Digits::LastFour) };
        assert_eq!(failures(told), []);
        assert_eq!(failures(Evidence { has_account_number: true, social_security_number: None }), []);
    }
}
