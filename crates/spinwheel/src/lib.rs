//! Spinwheel: student-loan payoff quotes.
