"""A million texts: their figures as a table, on one core, on all of them, or on a cluster.

    text       one text, or why there is none
    settings   what decides the result, with its digest
    packed     packed files (gz, bz2, xz, zst), unpacked a piece at a time, within bounds
    files      the files of a folder, each opened only if it is one
    json_lines, parquet_texts, warc_texts    the texts of a file of many
    inputs     paths → numbered parts, the same each time, whose texts are read where they are worked on
    columns    what each column of the tables means
    work       texts → rows; asks no file and no clock
    part       one part: its texts read, worked on and packed as Parquet
    manifest   which parts are finished
    place      the folders of the tables, unfinished and finished
    guarded    a process that may hang or fall on one text without harm to the others
    local      parts on the cores of this machine
    on_dask    the same parts on Dask
    fork_server, worker_imports    what the workers of a cluster on this machine are copies of
    run        all of it
    frames     the same of a column of texts, in pandas or Dask

A part is the unit of everything: one process works on it, it is written beside and renamed, and noted once
it is there. So a run that was killed goes on where it was, and no text is lost or counted twice.
"""
