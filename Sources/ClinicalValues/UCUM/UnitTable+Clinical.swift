// Heat, clinical, chemical and biological units, levels, the rest. How a line reads is said in `UnitTable.swift`.

extension UnitTable {
  static let clinical = #"""
    # Heat
    [degF]||fahrenheit|1|K|°F|degree Fahrenheit
    [degR]|||5|K/9|°R|degree Rankine
    [degRe]||reaumur|1|K|°Ré|degree Réaumur
    cal_[15]|m||4.18580|J|cal(15°C)|calorie at 15 °C
    cal_[20]|m||4.18190|J|cal(20°C)|calorie at 20 °C
    cal_m|m||4.19002|J|calₘ|mean calorie
    cal_IT|m||4.1868|J|cal(IT)|international table calorie
    cal_th|m||4.184|J|cal(th)|thermochemical calorie
    cal|m||1|cal_th|cal|calorie
    [Cal]|||1|kcal_th|Cal|nutrition label Calories
    [Btu_39]|||1.05967|kJ|Btu(39°F)|British thermal unit at 39 °F
    [Btu_59]|||1.05480|kJ|Btu(59°F)|British thermal unit at 59 °F
    [Btu_60]|||1.05468|kJ|Btu(60°F)|British thermal unit at 60 °F
    [Btu_m]|||1.05587|kJ|Btuₘ|mean British thermal unit
    [Btu_IT]|||1.05505585262|kJ|Btu(IT)|international table British thermal unit
    [Btu_th]|||1.054350|kJ|Btu(th)|thermochemical British thermal unit
    [Btu]|||1|[Btu_th]|btu|British thermal unit
    [HP]|||550|[ft_i].[lbf_av]/s||horsepower
    tex|m||1|g/km|tex|tex
    [den]|||1|g/9/km|den|Denier
    # Clinical
    m[H2O]|m||980665e-5|kPa|m H₂O|meter of water column
    m[Hg]|m||133.3220|kPa|m Hg|meter of mercury column
    [in_i'H2O]|||1|m[H2O].[in_i]/m|in H₂O|inch of water column
    [in_i'Hg]|||1|m[Hg].[in_i]/m|in Hg|inch of mercury column
    [PRU]|||1|mm[Hg].s/ml|P.R.U.|peripheral vascular resistance unit
    [wood'U]|||1|mm[Hg].min/L|Wood U.|Wood unit
    [diop]|||1|/m|dpt|diopter
    [p'diop]||tangent|1|rad|PD|prism diopter
    %[slope]||tangent|1|rad|%|percent of slope
    [mesh_i]|||1|/[in_i]||mesh
    [Ch]|||1|mm/3|Ch|Charrière
    [drp]|||1|ml/20|drp|drop
    [hnsf'U]|||1|1|HF|Hounsfield unit
    [MET]|||3.5|mL/min/kg|MET|metabolic equivalent
    [hp'_X]||dilution10|1|1|X|homeopathic potency of decimal series
    [hp'_C]||dilution100|1|1|C|homeopathic potency of centesimal series
    [hp'_M]||dilution1000|1|1|M|homeopathic potency of millesimal series
    [hp'_Q]||dilution50000|1|1|Q|homeopathic potency of quintamillesimal series
    [hp_X]|a||1|1|X|homeopathic potency of decimal hahnemannian series
    [hp_C]|a||1|1|C|homeopathic potency of centesimal hahnemannian series
    [hp_M]|a||1|1|M|homeopathic potency of millesimal hahnemannian series
    [hp_Q]|a||1|1|Q|homeopathic potency of quintamillesimal hahnemannian series
    [kp_X]|a||1|1|X|homeopathic potency of decimal korsakovian series
    [kp_C]|a||1|1|C|homeopathic potency of centesimal korsakovian series
    [kp_M]|a||1|1|M|homeopathic potency of millesimal korsakovian series
    [kp_Q]|a||1|1|Q|homeopathic potency of quintamillesimal korsakovian series
    # Chemical and biological
    eq|m||1|mol|eq|equivalents
    osm|m||1|mol|osm|osmole
    [pH]||pH|1|mol/l|pH|pH
    g%|m||1|g/dl|g%|gram percent
    [S]|||1|10*-13.s|S|Svedberg unit
    [HPF]|||1|1|HPF|high power field
    [LPF]|||100|1|LPF|low power field
    kat|m||1|mol/s|kat|katal
    U|m||1|umol/min|U|Unit
    [iU]|ma||1|1|IU|international unit
    [IU]|ma||1|[iU]|i.U.|international unit
    [arb'U]|a||1|1|arb. U|arbitrary unit
    [USP'U]|a||1|1|U.S.P.|United States Pharmacopeia unit
    [GPL'U]|a||1|1||GPL unit
    [MPL'U]|a||1|1||MPL unit
    [APL'U]|a||1|1||APL unit
    [beth'U]|a||1|1||Bethesda unit
    [anti'Xa'U]|a||1|1||anti factor Xa unit
    [todd'U]|a||1|1||Todd unit
    [dye'U]|a||1|1||Dye unit
    [smgy'U]|a||1|1||Somogyi unit
    [bdsk'U]|a||1|1||Bodansky unit
    [ka'U]|a||1|1||King-Armstrong unit
    [knk'U]|a||1|1||Kunkel unit
    [mclg'U]|a||1|1||Mac Lagan unit
    [tb'U]|a||1|1||tuberculin unit
    [CCID_50]|a||1|1|CCID₅₀|50% cell culture infectious dose
    [TCID_50]|a||1|1|TCID₅₀|50% tissue culture infectious dose
    [EID_50]|a||1|1|EID₅₀|50% embryo infectious dose
    [PFU]|a||1|1|PFU|plaque forming units
    [FFU]|a||1|1|FFU|focus forming units
    [CFU]|a||1|1|CFU|colony forming units
    [IR]|a||1|1|IR|index of reactivity
    [BAU]|a||1|1|BAU|bioequivalent allergen unit
    [AU]|a||1|1|AU|allergen unit
    [Amb'a'1'U]|a||1|1|Amb a 1 U|allergen unit for Ambrosia artemisiifolia
    [PNU]|a||1|1|PNU|protein nitrogen unit
    [Lf]|a||1|1|Lf|Limit of flocculation
    [D'ag'U]|a||1|1||D-antigen unit
    [FEU]|a||1|1||fibrinogen equivalent unit
    [ELU]|a||1|1||ELISA unit
    [EU]|a||1|1||Ehrlich unit
    # Levels
    Np|m|ln|1|1|Np|neper
    B|m|lg|1|1|B|bel
    B[SPL]|m|lgTimes2|2|10*-5.Pa|B(SPL)|bel sound pressure
    B[V]|m|lgTimes2|1|V|B(V)|bel volt
    B[mV]|m|lgTimes2|1|mV|B(mV)|bel millivolt
    B[uV]|m|lgTimes2|1|uV|B(μV)|bel microvolt
    B[10.nV]|m|lgTimes2|10|nV|B(10 nV)|bel 10 nanovolt
    B[W]|m|lg|1|W|B(W)|bel watt
    B[kW]|m|lg|1|kW|B(kW)|bel kilowatt
    # Miscellaneous
    st|m||1|m3|st|stere
    Ao|||0.1|nm|Å|Ångström
    b|||100|fm2|b|barn
    att|||1|kgf/cm2|at|technical atmosphere
    mho|m||1|S|mho|mho
    [psi]|||1|[lbf_av]/[in_i]2|psi|pound per square inch
    circ|||2|[pi].rad|circ|circle
    sph|||4|[pi].sr|sph|sphere
    [car_m]|||2e-1|g|ct|metric carat
    [car_Au]|||1|/24|ct(Au)|carat of gold alloys
    [smoot]|||67|[in_i]||Smoot
    [m/s2/Hz^(1/2)]||squareRoot|1|m2/s4/Hz||meter per square second per square root of hertz
    [m/s2/Hz^0.5]||squareRoot|1|m2/s4/Hz||meter per square second per square root of hertz
    [NTU]|||1|1||Nephelometric Turbidity Unit
    [FNU]|||1|1||Formazin Nephelometric Unit
    # Information
    bit_s||ld|1|1|bitₛ|bit
    bit|m||1|1|bit|bit
    By|m||8|bit|B|byte
    Bd|m||1|/s|Bd|baud
    """#
}
