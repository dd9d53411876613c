-- Of a refused row that could not be placed (another record's, too many cells, broken) only the rule and the line remain: any of
-- its values may be about a person. The rules are those under which earlier versions kept such a row.
update batch_refusal set raw = '', whole = false
 where jsonb_path_exists(findings, '$[*] ? (@.rule == "cells" || @.rule == "malformed" || @.rule == "not-a-record"
   || @.rule == "column-nameless" || @.rule == "row-too-large" || @.rule == "not-utf-8" || @.rule == "not-utf-16"
   || @.rule == "not-gb18030" || @.rule == "unknown-property")');

-- Findings of such rows repeat no value and no name of an unknown property.
update batch_refusal r
   set findings = (select jsonb_agg(f
           || jsonb_build_object('detail', regexp_replace(f ->> 'detail', '"[^"]*"', '"***"', 'g'),
                                 'detailZh', regexp_replace(f ->> 'detailZh', '“[^”]*”', '“***”', 'g'))
           || case when f ->> 'rule' = 'unknown-property' and f ->> 'pointer' !~ '^(/[a-z][A-Za-z]+)+$'
                   then '{"pointer": ""}' else '{}' end::jsonb order by place)
         from jsonb_array_elements(r.findings) with ordinality as e (f, place))
 where raw = '' and jsonb_path_exists(findings, '$[*] ? (@.rule == "unknown-property")');
update batch_cause set pointer = ''
 where rule = 'unknown-property' and pointer !~ '^(/[a-z][A-Za-z]+)+$' and pointer <> ''
   and not exists (select 1 from batch_cause o where o.batch_id = batch_cause.batch_id and o.refuses = batch_cause.refuses
                     and o.rule = batch_cause.rule and o.value = batch_cause.value and o.ctid <> batch_cause.ctid);
delete from batch_cause where rule = 'unknown-property' and pointer !~ '^(/[a-z][A-Za-z]+)+$' and pointer <> '';

-- The key of such a row may be a name, too.
update batch_cause c set source_id = null
 where source_id is not null
   and exists (select 1 from batch_refusal r where r.batch_id = c.batch_id and r.row_number = c.first_row and r.raw = '');
update batch_chunk c
   set source_ids = (select array_agg(case when r.row_number is null then k end order by place)
         from unnest(c.source_ids) with ordinality as e (k, place)
         left join batch_refusal r on r.batch_id = c.batch_id and r.row_number = c.first_row + place - 1 and r.raw = '')
 where source_ids is not null
   and exists (select 1 from batch_refusal r where r.batch_id = c.batch_id and r.raw = ''
                 and r.row_number >= c.first_row and r.row_number < c.first_row + length(c.outcomes));

-- A client may put anything into its idempotency key, so only its hash is stored.
update idempotency_key set key = encode(sha256(convert_to(key, 'UTF8')), 'hex');
