/// Expressions that between them use the whole grammar, one a line; mutated by `MutationTests`, which adds here, as it
/// is, a text that once stopped the compiler.
enum Corpus {
  static let expressions = #"""
    1 + 2 * 3L - 4.0 / 5 'mg' ^ 2 mod 3 div 4
    ({ 1, 2, null }) X let y: X + 1 with ({ 2 }) Z such that Z = y where X > 1 return all Tuple { a: X, b: y } sort by a desc, b
    from ({ 1 }) A, ({ @2020 }) B without ({ 'x' }) C such that C = 'y' aggregate distinct R starting 1: R * A
    Interval[@2014-01-01T10:00:00.000-07:00, @2015) starts 3 days or less on or after day of start of Interval(@2014, @2016]
    @T10:30 properly within 3 hours of @T11:00
    case when exists {} then 'a' when 1 is null then 'b' else Coalesce(null, 'c') end
    if "x" is not true then `y` as Choice<Integer, List<Interval<Date>>> else cast null as Tuple { a Integer, b String }
    expand { Interval[1, 10) } per 2 'mg'
    collapse { Interval(null, null) } per day
    Concept { Code '8480-6' from "LOINC" display 'BP' } ~ Code { code: 'a', system: 'b' }
    [Observation: code in "V"] O where O.value as Quantity >= 1:8 and O.effective during month of Interval[@2020, null]
    difference in months between @2014 and singleton from { @2015T }
    duration in days of Interval[@2014, @2015] > maximum Integer
    convert 5 'mg' to 'g' & convert 'x' to Integer
    { 1, 2 }.where($this > $index).select($this.x).first().toString()
    not a implies b xor c or d and e in f contains g union h intersect i except j | k
    minimum Long between predecessor of 1.0 and successor of 2.0
    '\'\u0041\n\\' + "q\"" = `z\`` /* c */ // d
    Tuple { : } != { : } !~ { a: { b: { c: {} } } }.a.b.c[0][1]
    point from Interval[1, 1] same day or before date from DateTime(2014, 1, 1, 0, 0, 0, 0, 1.0)
    define function f(x Integer): x define A: f(1).g() define private B: A
    library L version '1' using Toy include M called N parameter P default 1 context Patient define Z: P
    """#
}
