//! How often a supplier is asked about a task: a young one often, an old one rarely.

use jiff::SignedDuration;

/// The shortest time between two questions: less than the minute between two rounds, so that a young task takes part in
/// every round.
pub const SHORTEST: SignedDuration = SignedDuration::from_secs(30);
/// The longest time between two questions.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(6);
/// The time between two questions is this part of the task's age, so that news is late by no more than a twentieth of the
/// time that the task took.
pub const PART_OF_AGE: i32 = 20;

/// When to ask again about a task that was placed so long ago.
#[must_use]
pub fn interval(age: SignedDuration) -> SignedDuration {
    (age / PART_OF_AGE).clamp(SHORTEST, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn young_tasks_are_asked_about_often_and_old_ones_rarely() {
        let minutes = |minutes| interval(SignedDuration::from_mins(minutes));
        assert_eq!(minutes(-5), SHORTEST);
        assert_eq!(minutes(0), SHORTEST);
        assert_eq!(minutes(10), SHORTEST);
        assert_eq!(minutes(60), SignedDuration::from_mins(3));
        assert_eq!(minutes(60 * 24), SignedDuration::from_mins(72));
        assert_eq!(minutes(60 * 24 * 5), LONGEST);
        assert_eq!(minutes(60 * 24 * 365), LONGEST);
        assert_eq!(interval(SignedDuration::MAX), LONGEST);
        assert_eq!(interval(SignedDuration::MIN), SHORTEST);
    }
}
