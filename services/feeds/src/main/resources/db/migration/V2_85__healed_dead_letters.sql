-- The retention deletes dead letters that were healed long ago.
create index feed_dead_letter_healed on feed_dead_letter (healed_at) where healed_at is not null;
