//! Texts that are kept once, however often they stand in documents.

use rapidhash::v3::rapidhash_v3;

/// Texts by number: equal texts have one, and numbers go up from zero as texts come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interner {
    /// All texts, one after another.
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// Numbers from one by the hash of their texts; zero is an empty place. As many as a power of two.
    slots: Vec<u32>,
}

impl Interner {
    /// The number of a text, which is new if it is not known.
    pub(crate) fn number(&mut self, text: &str) -> usize {
        // A third of the places stays empty, so that few texts are compared.
        if (self.ends.len() + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        let slot = self.slot(text);
        match self.slots.get(slot).copied() {
            Some(known) if known > 0 => known as usize - 1,
            _ => {
                self.letters.push_str(text);
                self.ends.push(self.letters.len());
                let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                self.slots.iter_mut().skip(slot).take(1).for_each(|slot| *slot = number);
                self.ends.len() - 1
            }
        }
    }

    /// The number of a text, if it is known.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let known = self.slots.get(self.slot(text)).copied()?;
        (known as usize).checked_sub(1)
    }

    /// The text with this number.
    pub(crate) fn text(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(number).copied().unwrap_or_default();
        self.letters.get(start.unwrap_or_default()..end).unwrap_or_default()
    }

    /// All texts, by number.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.text(number))
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The place of a text, or the empty one where it belongs.
    fn slot(&self, text: &str) -> usize {
        let last = self.slots.len().saturating_sub(1);
        let mut slot = usize::try_from(rapidhash_v3(text.as_bytes())).unwrap_or_default() & last;
        loop {
            match self.slots.get(slot).copied() {
                Some(known) if known > 0 && self.text(known as usize - 1) != text => slot = (slot + 1) & last,
                _ => return slot,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(16)];
        for number in 0..self.ends.len() {
            let slot = self.slot(self.text(number));
            let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
            self.slots.iter_mut().skip(slot).take(1).for_each(|slot| *slot = number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_number() {
        let mut known = Interner::default();
        assert_eq!(known.find("sail"), None);
        let texts: Vec<String> = (0..1_000).map(|number| format!("sail-{}", number % 300)).collect();
        let numbers: Vec<usize> = texts.iter().map(|text| known.number(text)).collect();
        assert_eq!(known.len(), 300);
        for (text, number) in texts.iter().zip(numbers) {
            assert_eq!((known.text(number), known.find(text)), (text.as_str(), Some(number)));
        }
        assert_eq!((known.number(""), known.text(300), known.find("mast")), (300, "", None));
        assert_eq!(known.texts().count(), 301);
    }
}
