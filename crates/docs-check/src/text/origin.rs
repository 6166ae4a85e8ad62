//! Where each byte of a text that was made from another one comes from.

/// Pieces of a text, each with where it and its origin begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// In order; between two beginnings the origin goes on as far as the text does.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    made: usize,
    origin: usize,
    /// Whether the text is the origin's, byte for byte; otherwise all of it comes from one place.
    verbatim: bool,
}

impl Origin {
    /// Of a text that is another one without its first bytes.
    pub(crate) fn shifted(bytes: usize) -> Self {
        Self { pieces: vec![Piece { made: 0, origin: bytes, verbatim: true }] }
    }

    /// From here on the text is the origin's.
    pub(crate) fn verbatim(&mut self, made: usize, origin: usize) {
        self.push(Piece { made, origin, verbatim: true });
    }

    /// From here on the text stands for this place of the origin.
    pub(crate) fn standing_for(&mut self, made: usize, origin: usize) {
        self.push(Piece { made, origin, verbatim: false });
    }

    /// What was made may have been taken back before.
    fn push(&mut self, piece: Piece) {
        while self.pieces.last().is_some_and(|last| last.made >= piece.made) {
            self.pieces.pop();
        }
        self.pieces.push(piece);
    }

    /// Where this byte comes from.
    pub(crate) fn of(&self, made: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.made <= made);
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else { return made };
        if piece.verbatim { piece.origin + (made - piece.made) } else { piece.origin }
    }

    /// The origin of the origin: of a text that was made from one that was made from another.
    pub(crate) fn after(self, before: &Self) -> Self {
        let pieces = self.pieces.into_iter().map(|piece| Piece { origin: before.of(piece.origin), ..piece });
        Self { pieces: pieces.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_know_where_they_come_from() {
        let mut origin = Origin::default();
        origin.standing_for(0, 0);
        origin.verbatim(2, 10);
        origin.standing_for(5, 13);
        let found: Vec<_> = [0, 1, 2, 4, 5, 9].map(|at| origin.of(at)).into();
        assert_eq!(found, [0, 0, 10, 12, 13, 13]);
        assert_eq!(origin.after(&Origin::shifted(3)).of(4), 15);
        assert_eq!(Origin::default().of(7), 7);
    }
}
