-- An alliance reads its own members and grants; operators, auditors and the work of the service read all.
select guard_by_alliance('alliance_member');
select guard_by_alliance('grant_version');
