// SI and the units used with it, constants of nature, CGS. How a line reads is said in `UnitTable.swift`.

extension UnitTable {
  static let metric = #"""
    # Numbers
    10*|||10|1|10|the number ten for arbitrary powers
    10^|||10|1|10|the number ten for arbitrary powers
    [pi]|||3.1415926535897932384626433832795028841971693993751058209749445923|1|π|the number pi
    %|||1|10*-2|%|percent
    [ppth]|||1|10*-3|ppth|parts per thousand
    [ppm]|||1|10*-6|ppm|parts per million
    [ppb]|||1|10*-9|ppb|parts per billion
    [pptr]|||1|10*-12|pptr|parts per trillion
    # SI
    mol|m||6.02214076|10*23|mol|mole
    sr|m||1|rad2|sr|steradian
    Hz|m||1|s-1|Hz|hertz
    N|m||1|kg.m/s2|N|newton
    Pa|m||1|N/m2|Pa|pascal
    J|m||1|N.m|J|joule
    W|m||1|J/s|W|watt
    A|m||1|C/s|A|ampère
    V|m||1|J/C|V|volt
    F|m||1|C/V|F|farad
    Ohm|m||1|V/A|Ω|ohm
    S|m||1|Ohm-1|S|siemens
    Wb|m||1|V.s|Wb|weber
    Cel|m|celsius|1|K|°C|degree Celsius
    T|m||1|Wb/m2|T|tesla
    H|m||1|Wb/A|H|henry
    lm|m||1|cd.sr|lm|lumen
    lx|m||1|lm/m2|lx|lux
    Bq|m||1|s-1|Bq|becquerel
    Gy|m||1|J/kg|Gy|gray
    Sv|m||1|J/kg|Sv|sievert
    # Used with SI (ISO 1000)
    gon|||0.9|deg|gon|gon
    deg|||2|[pi].rad/360|°|degree
    '|||1|deg/60|'|minute
    ''|||1|'/60|''|second
    l|m||1|dm3|l|liter
    L|m||1|l|L|liter
    ar|m||100|m2|a|are
    min|||60|s|min|minute
    h|||60|min|h|hour
    d|||24|h|d|day
    a_t|||365.24219|d|aₜ|tropical year
    a_j|||365.25|d|aⱼ|mean Julian year
    a_g|||365.2425|d|a(g)|mean Gregorian year
    a|||1|a_j|a|year
    wk|||7|d|wk|week
    mo_s|||29.53059|d|moₛ|synodal month
    mo_j|||1|a_j/12|moⱼ|mean Julian month
    mo_g|||1|a_g/12|mo(g)|mean Gregorian month
    mo|||1|mo_j|mo|month
    t|m||1e3|kg|t|tonne
    bar|m||1e5|Pa|bar|bar
    u|m||1.66053906660e-24|g|u|unified atomic mass unit
    eV|m||1|[e].V|eV|electronvolt
    AU|||149597.870691|Mm|AU|astronomic unit
    pc|m||3.085678e16|m|pc|parsec
    # Constants of nature
    [c]|m||299792458|m/s|c|velocity of light
    [h]|m||6.62607015e-34|J.s|h|Planck constant
    [k]|m||1.380649e-23|J/K|k|Boltzmann constant
    [eps_0]|m||8.854187817e-12|F/m|ε₀|permittivity of vacuum
    [mu_0]|m||1|4.[pi].10*-7.N/A2|μ₀|permeability of vacuum
    [e]|m||1.602176634e-19|C|e|elementary charge
    [m_e]|m||9.1093837139e-31|kg|mₑ|electron mass
    [m_p]|m||1.67262192595e-27|kg|mₚ|proton mass
    [G]|m||6.67430e-11|m3.kg-1.s-2|G|Newtonian constant of gravitation
    [g]|m||980665e-5|m/s2|gₙ|standard acceleration of free fall
    atm|||101325|Pa|atm|standard atmosphere
    [ly]|m||1|[c].a_j|l.y.|light-year
    gf|m||1|g.[g]|gf|gram-force
    [lbf_av]|||1|[lb_av].[g]|lbf|pound force
    # CGS
    Ky|m||1|cm-1|K(Kayser)|Kayser
    Gal|m||1|cm/s2|Gal|Gal
    dyn|m||1|g.cm/s2|dyn|dyne
    erg|m||1|dyn.cm|erg|erg
    P|m||1|dyn.s/cm2|P|Poise
    Bi|m||10|A|Bi|Biot
    St|m||1|cm2/s|St|Stokes
    Mx|m||1e-8|Wb|Mx|Maxwell
    G|m||1e-4|T|Gs|Gauss
    Oe|m||250|/[pi].A/m|Oe|Oersted
    Gb|m||1|Oe.cm|Gb|Gilbert
    sb|m||1|cd/cm2|sb|stilb
    Lmb|m||1|cd/cm2/[pi]|L|Lambert
    ph|m||1e-4|lx|ph|phot
    Ci|m||37e9|Bq|Ci|Curie
    R|m||2.58e-4|C/kg|R|Roentgen
    RAD|m||100|erg/g|RAD|radiation absorbed dose
    REM|m||1|RAD|REM|radiation equivalent man
    """#
}
