//! What a user can decide and what we decided: test values, readings, rulings.

use estoppel_contract::{Contract, Reading, Setting, TestValue};

use super::Markdown;

/// The inputs that set something off, one table for each field.
pub(super) fn describe_test_values(page: &mut Markdown, contract: &Contract) {
    page.heading(2, "Test Values");
    let values = contract.service.test_values;
    let mut fields: Vec<&str> = Vec::new();
    for value in values {
        if !fields.contains(&value.field) {
            fields.push(value.field);
        }
    }
    for field in fields {
        let of_field = |value: &&TestValue| value.field == field;
        let row = |value: &TestValue| {
            [format!("`{}`", value.value), value.effect.to_owned(), format!("`{}`", value.shows)]
        };
        page.table([&format!("Test {field}"), "Effect", "Shows As"], values.iter().filter(of_field).map(row));
    }
}

/// Readings and rulings.
pub(super) fn describe(page: &mut Markdown, contract: &Contract) {
    let service = &contract.service;
    if !service.readings.is_empty() {
        page.heading(1, "Readings");
        page.paragraph("Rulings that a user can decide otherwise, session by session.");
        page.table(["Reading", "Ruling", "Decides", "Settings"], service.readings.iter().map(reading));
    }
    if !service.rulings.is_empty() {
        page.heading(1, "Rulings");
        page.paragraph("What we decided where the documents are silent or disagree.");
        let rows = service.rulings.iter().map(|ruling| {
            [ruling.id.to_owned(), ruling.gap.to_owned(), ruling.ruling.to_owned(), ruling.reason.to_owned()]
        });
        page.table(["Ruling", "Gap", "Decision", "Reason"], rows);
    }
}

fn reading(reading: &Reading) -> [String; 4] {
    let settings = match reading.setting {
        Setting::Choice(choices) => {
            let told = choices.iter().enumerate().map(|(index, (word, meaning))| {
                let default = if index == 0 { " (default)" } else { "" };
                format!("`{word}`{default}: {meaning}")
            });
            told.collect::<Vec<_>>().join("; ")
        }
        Setting::Milliseconds { default, min, max } => {
            format!("{min} to {max} milliseconds, {default} unless it is given")
        }
        Setting::Bytes { default, min, max } => format!("{min} to {max} bytes, {default} unless it is given"),
    };
    [format!("`{}`", reading.name), reading.ruling.to_owned(), reading.summary.to_owned(), settings]
}
