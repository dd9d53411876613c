-- What services tell of the rows of a file by the year that they are about; year 0 stands for those of which it cannot be
-- read. A file that was told of before services told years has none.
create table submission_year (
    service  text             not null,
    province text collate "C" not null,
    batch    text collate "C" not null,
    year     int              not null,
    received bigint           not null,
    parked   bigint           not null,
    refused  bigint           not null,
    constraint submission_year_key primary key (service, province, batch, year),
    constraint submission_year_of foreign key (service, province, batch) references submission
);
