-- A reader of a feed that starts now holds each record in scope from the start on: each later change is an event.
alter table feed_record drop column was_sent;
