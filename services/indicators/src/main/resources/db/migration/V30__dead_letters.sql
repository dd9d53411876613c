-- The table gets the name of the field: events that could not be read.
alter table set_aside rename to dead_letter;
alter table dead_letter rename column set_aside_at to stored_at;
alter table dead_letter rename constraint set_aside_key to dead_letter_key;
alter index set_aside_open rename to dead_letter_open;
