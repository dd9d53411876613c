-- How the answers to a list's filters are distributed that are read from the record itself. Without it PostgreSQL thinks
-- that few records are left, reads all of a province and sorts them for a page of a hundred.
create statistics inbound_enrolment_started_on on (record ->> 'startedOn') from inbound_enrolment;
create statistics inbound_enrolment_major on (record ->> 'major') from inbound_enrolment;
create statistics outbound_placement_started_on on (record ->> 'startedOn') from outbound_placement;
create statistics teacher_assignment_started_on on (record ->> 'startedOn') from teacher_assignment;
create statistics teacher_assignment_host_kind on (record ->> 'hostKind') from teacher_assignment;
create statistics foreign_teacher_started_on on (record ->> 'startedOn') from foreign_teacher;
