//! Every place that facts name.

use super::{Facts, Word};
use crate::Span;

impl Facts {
    /// Moves every place, for instance from the text that readers saw to the document that it was made from.
    pub(crate) fn relocate(&mut self, moved: impl Fn(Span) -> Span) {
        self.each_place(&mut |span| *span = moved(*span));
    }

    fn each_place(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        words(&mut self.title, visit);
        self.headings.iter_mut().for_each(|heading| visit(&mut heading.span));
        self.servers.iter_mut().flat_map(|server| &mut server.spans).for_each(&mut *visit);
        self.base_urls.iter_mut().for_each(|base| visit(&mut base.span));
        self.credentials.iter_mut().for_each(|credential| visit(&mut credential.span));
        self.includes.iter_mut().for_each(|include| visit(&mut include.name.span));
        for operation in &mut self.operations {
            visit(&mut operation.span);
            visit(&mut operation.scope);
            let told = operation.description.iter_mut().chain(&mut operation.otherwise);
            words(operation.query.iter_mut().chain(told), visit);
        }
        for reply in &mut self.replies {
            visit(&mut reply.span);
            words(&mut reply.when, visit);
        }
        for webhook in &mut self.webhooks {
            visit(&mut webhook.span);
            words(&mut webhook.guaranteed, visit);
        }
        for signature in &mut self.signatures {
            visit(&mut signature.span);
            visit(&mut signature.header.span);
            let told = signature.algorithm.iter_mut().chain(&mut signature.signed_text);
            words(told.chain(&mut signature.encoding), visit);
        }
        self.each_place_of_tables(visit);
        self.each_place_of_examples(visit);
        self.each_place_of_remarks(visit);
    }

    fn each_place_of_tables(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        for table in &mut self.tables {
            visit(&mut table.span);
            visit(&mut table.header);
            table.introduction.iter_mut().for_each(&mut *visit);
            for row in &mut table.rows {
                visit(&mut row.span);
                visit(&mut row.name.span);
                let told = row.description.iter_mut().chain(&mut row.default).chain(&mut row.stated_type);
                words(told.chain(&mut row.words).chain(&mut row.example), visit);
                words(row.limits.iter_mut().map(|limit| &mut limit.value), visit);
                row.deprecated.iter_mut().for_each(&mut *visit);
            }
        }
        for list in &mut self.word_lists {
            visit(&mut list.span);
            list.part.iter_mut().for_each(&mut *visit);
            words(&mut list.words, visit);
        }
        words(&mut self.quotations, visit);
    }

    fn each_place_of_examples(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        for example in &mut self.examples {
            visit(&mut example.span);
            words(example.caption.iter_mut().chain(&mut example.texts), visit);
            for member in &mut example.members {
                visit(&mut member.key_span);
                visit(&mut member.value_span);
            }
            example.faults.iter_mut().for_each(|fault| visit(&mut fault.span));
        }
        for value in &mut self.test_values {
            words([&mut value.value, &mut value.effect], visit);
        }
    }

    fn each_place_of_remarks(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        for code in &mut self.error_codes {
            visit(&mut code.span);
            visit(&mut code.meaning.span);
        }
        for refusal in &mut self.refusals {
            visit(&mut refusal.span);
            visit(&mut refusal.header);
            visit(&mut refusal.name.span);
            words(refusal.message.iter_mut().chain(&mut refusal.when), visit);
        }
        self.statuses.iter_mut().for_each(|status| visit(&mut status.span));
        self.notices.iter_mut().for_each(|notice| visit(&mut notice.span));
        self.announcements.iter_mut().for_each(|announcement| visit(&mut announcement.span));
        for list in &mut self.bullets {
            visit(&mut list.span);
            words(list.introduction.iter_mut().chain(&mut list.items), visit);
        }
        words(self.links.iter_mut().map(|link| &mut link.target), visit);
        self.mentions.iter_mut().for_each(|mention| visit(&mut mention.span));
        self.code_samples.iter_mut().for_each(|sample| visit(&mut sample.span));
    }
}

fn words<'w>(words: impl IntoIterator<Item = &'w mut Word>, visit: &mut dyn FnMut(&mut Span)) {
    words.into_iter().for_each(|word| visit(&mut word.span));
}
