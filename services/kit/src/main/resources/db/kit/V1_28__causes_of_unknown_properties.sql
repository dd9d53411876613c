-- V1_20 took the property names out of the causes of unknown properties. Where a batch had several such causes it deleted them,
-- so the batch reported rows that were refused without a cause. The findings of these rows are still there, without their
-- property names. They are one cause.
insert into batch_cause (batch_id, province, refuses, rule, pointer, value, row_count, first_row, source_id, detail, detail_zh)
select r.batch_id, r.province, true, 'unknown-property', '', '', count(distinct r.row_number), min(r.row_number), null,
       (array_agg(f ->> 'detail' order by r.row_number))[1], (array_agg(f ->> 'detailZh' order by r.row_number))[1]
  from batch_refusal r, jsonb_array_elements(r.findings) f
 where f ->> 'rule' = 'unknown-property' and f ->> 'pointer' = ''
   and not exists (select from batch_cause c
                    where c.batch_id = r.batch_id and c.province = r.province and c.refuses
                      and c.rule = 'unknown-property' and c.pointer = '')
 group by r.batch_id, r.province;
