select guard_by_province('thing');
