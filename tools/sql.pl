#!/usr/bin/perl
# sql.pl FILE... - reads the SQL texts in C, joined over literals, lines and macros, and says which
# part asks a table without naming the city first. Each SELECT, UPDATE and DELETE, inner ones too,
# must have a WHERE; it and each JOIN begin with "city = $n" or "x.city = y.city"; OR stands in
# brackets. A FILTER (WHERE ...) narrows what was chosen already. What brings older data to a new
# step says "city IS NOT NULL".
use strict;
use warnings;

my $bad = 0;
my $city = qr/(?:\w+\.)?city (?:= (?:\$\d+|\w+\.city)|IS NOT NULL)\b/;
my $end = qr/(?:\b(?:GROUP BY|ORDER BY|LIMIT|RETURNING|ON CONFLICT|HAVING|UNION)\b|$)/;

sub wrong {
    my ($file, $line, $why, $part) = @_;
    $part =~ s/\s+/ /g;
    print "$file:$line: $why: ", substr($part, 0, 160), "\n";
    $bad = 1;
}

# One level of a statement; brackets inside are () by now. %$cte: names that WITH gave.
sub level {
    my ($file, $line, $sql, $cte) = @_;
    for my $part (split /\bUNION(?: ALL)?\b/, $sql) {
        my @tables = grep { !$cte->{$_} } $part =~ /(?:\bFROM|^\s*UPDATE|\bJOIN) (\w+)/g;
        (my $head = $part) =~ s/\bON CONFLICT\b.*//s;
        wrong($file, $line, 'no WHERE', $part) if @tables && $head !~ /\bWHERE\b/;
        while ($head =~ /\bWHERE (.*?)$end/gs) {
            my $where = $1;
            wrong($file, $line, 'WHERE does not begin with city', $part) if $where !~ /^$city/;
            wrong($file, $line, 'OR without brackets', $part) if $where =~ /\bOR\b/;
        }
        while ($head =~ /\bJOIN (\w+)(?: \w+)? ON (.*?)(?=\bJOIN\b|\bLEFT\b|\bWHERE\b|$end)/gs) {
            next if $cte->{$1};
            my $on = $2;
            wrong($file, $line, 'JOIN does not begin with city', $part) if $on !~ /^$city/;
            wrong($file, $line, 'OR without brackets', $part) if $on =~ /\bOR\b/;
        }
    }
}

sub statement {
    my ($file, $line, $sql) = @_;
    my %cte = map { $_ => 1 } $sql =~ /(\w+)(?: \([^()]*\))? AS \(\s*SELECT/g;
    while ($sql =~ s/(FILTER\s*)?\(([^()]*)\)/ \x01 /s) {
        level($file, $line, $2, \%cte) unless $1;
    }
    level($file, $line, $sql, \%cte);
}

for my $file (@ARGV) {
    open my $in, '<', $file or die "$file: $!\n";
    my $text = do { local $/; <$in> };
    $text =~ s{/\*.*?\*/}{ my $c = $&; $c =~ tr/\n//cd; $c }gse;
    $text =~ s/\\\n/ \n/g;
    my %macro;
    my $run = qr/(?:"(?:[^"\\]|\\.)*"|\b[A-Z][A-Z_]{2,}\b)(?:\s*(?:"(?:[^"\\]|\\.)*"|\b[A-Z][A-Z_]{2,}\b))*/;
    my $join = sub {
        my ($run, $sql) = ($_[0], '');
        $sql .= defined $2 ? $macro{$2} // $2 : $1 while $run =~ /"((?:[^"\\]|\\.)*)"|([A-Z][A-Z_]{2,})/g;
        $sql;
    };
    $macro{$1} = $join->($2) while $text =~ /^#define ([A-Z_]+)\s+($run)/mg;
    while ($text =~ /$run/g) {
        my ($from, $sql) = ($-[0], $join->($&));
        next if $sql !~ /^\s*(?:SELECT|UPDATE|DELETE|INSERT|WITH) /;
        statement($file, 1 + (substr($text, 0, $from) =~ tr/\n//), $sql);
    }
}
exit $bad;
