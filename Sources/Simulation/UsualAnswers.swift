/// What stands in a form where the course of illness and therapy says nothing else: a table a form, `ITEM=answer; …`.
///
/// A number after `~` differs from one time to the next as measurements do; `@assessor` and `@laboratory` are whoever
/// examined and measured.
enum UsualAnswers {
  /// The answers of a form, by item.
  static func answers(of form: String) -> [String: String] { all[form] ?? [:] }

  private static let all: [String: [String: String]] = tables.mapValues { table in
    var answers: [String: String] = [:]
    for answer in table.split(separator: ";") {
      let parts = answer.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " || $0 == "\n" } }
      if parts.count == 2 { answers[String(parts[0])] = String(parts[1]) }
    }
    return answers
  }

  private static let tables = visits.merging(laboratory) { first, _ in first }.merging(scales) { first, _ in first }

  private static let visits = [
    "visit": "SVOCCUR=true",
    "demographics": "ETHNIC=NOT REPORTED; RACE=NOT REPORTED; DMHAND=RIGHT",
    "vitalSigns": "VSPOS=SUPINE; VSLOC_TEMP=EAR; VSOXYSUP=room-air",
    "ecg": """
    EGORRES_HR=~74; EGORRES_PR=~156; EGORRES_QRS=~92; EGORRES_QT=~384; EGORRES_QTC=~412; EGQTCM=FRIDERICIA;
    EGRHYTHM=SINUS RHYTHM; EGINTP=NORMAL; EGCLSIG=false; EGEVAL=@assessor
    """,
    "echocardiogram": "CVORRES_LVEF=~62; CVPEREFF=false; CVORRES_TAPSE=~22; CVEVAL=@assessor",
    "chestImaging": "FAMETHOD=X-RAY; FAPLEFF=false; FADESC=No infiltrate, no effusion.; FAEVAL=@assessor",
    "hrct": "RPILD=true; RPPATTERN=NSIP; RPEXTENT=12; RPPROG=false; RPINFECT=false; RPEVAL=@assessor",
    "mri": "NVGD=true; NVORRES_T2=0; NVORRES_GD=0; NVREBASE=false; NVEVAL=@assessor",
    "msRelapses": "MSRELDESC=Weakness and numbness of the left leg for three weeks, pyramidal signs; MSRELSTER=true",
    "safetyAdvice": "SACARD=true; SANEAR=true; SANODRIVE=true; SACAREGIVER=true",
    "longTermFollowUp": "LTFOFFER=true; LTFDECIS=GIVEN; LTFBY=@assessor",
    "crs": """
    CRSFEVOTH=false; CRSANTIPYR=false; CRSHYPOT=false; CRSVASOP=0; CRSVASOPRESSIN=false; CRSOXYGEN=room-air; CRSGRADE=0
    """,
    "icans": """
    ICANSCONS=alert; ICANSSEIZ=seizure-none; ICANSMOTOR=false; ICANSEDEMA=edema-none; ICANSGRADE=0
    """,
    "iecHs": "HSFERR=false; HSCYTOP=false; HSSPLEEN=false; HSLUNG=false; HSKIDNEY=false; HSGRADE=0",
    "eligibilityStatements": "IEORRES_LIFE6=true",
    "recheckLeukapheresis": "IEOUTCOME=PASSED; IEOXYSUP=room-air",
    "recheckLymphodepletion": "IEOUTCOME=PASSED; IEOXYSUP=room-air; IEINFPROPH=true",
    "recheckInfusion": """
    IEOUTCOME=PASSED; IEOXYSUP=room-air; IEFEVER48=false; IEVASOP=0; IEVASOPRESSIN=false; IENEWO2=false;
    IENEWORGAN=false; IENEWARR=false; IEGC72=false
    """,
    "leukapheresis": """
    PROCCUR=completed; PRVOL=~10400; PRACD=~820; PRACCESS=PERIPHERAL; PRPRODVOL=~168; PRCITRATE=false; PRSTOPPED=false;
    PRAE=false
    """,
    "lymphodepletion": """
    PROCCUR=completed; EXOCCUR_FLU=true; EXOCCUR_CYC=true; EXMESNA=false; EXANTIEM=true; EXAE=false; EXRENAL=100
    """,
    "infusion": "PROCCUR=completed; EXBAGS=1; EXINTRP=false",
    "infusionDose": "EXPREMED=true; EXNOSTER=true; EXREACT=false",
    "classificationSle": "SLE19_ANA=true; SLE19_JOINT=true; SLE19_ACUTE=true; SLE19_PROT=true; SLE19_C3=true; "
      + "SLE19_C4=true; SLE19_DSDNA=true; SLE19_FEVER=false; SLE19_LEUKO=false; SLE19_THROMB=false; SLE19_HEMOL=false; "
      + "SLE19_DELIR=false; SLE19_PSYCH=false; SLE19_SEIZ=false; SLE19_ALOP=false; SLE19_ULCER=false; "
      + "SLE19_SUBAC=false; SLE19_EFFUS=false; SLE19_PERIC=false; SLE19_NEPH25=false; SLE19_NEPH34=false; "
      + "SLE19_APL=false; SLE19_SMITH=false; SLE19_MET=true",
    "classificationSsc": "SSC13_MCP=true; SSC13_PUFFY=false; SSC13_SCLERO=true; SSC13_TIPULC=false; "
      + "SSC13_PITTING=true; SSC13_TELANG=true; SSC13_NAILF=true; SSC13_RAYN=true; SSC13_PAH=false; SSC13_ILD=true; "
      + "SSC13_CENP=false; SSC13_SCL70=true; SSC13_RNAP3=false; SSC13_SPARED=false; SSC13_OTHER=false; "
      + "SSCELBOW=true; SSCKNEE=true; SSC13_MET=true; SSCSUBSET=diffuse",
    "classificationIim": "IIM17_AGE=44; IIM17_BIOPSY=false; IIM17_UPPER=true; IIM17_LOWER=true; IIM17_NECK=true; "
      + "IIM17_LEG=true; IIM17_FINGER=false; IIM17_NORESP=false; IIM17_HELIO=true; IIM17_GPAP=true; IIM17_GSIGN=true; "
      + "IIM17_DYSPH=false; IIM17_JO1=false; IIM17_ENZYME=true",
    "classificationSs": "SS16_DRY=true; SS16_DOMAIN=true; SS16_SSA=true; SS16_FOCUS=1.6; SS16_RADIO=false; "
      + "SS16_HCV=false; SS16_AIDS=false; SS16_SARC=false; SS16_AMYL=false; SS16_GVHD=false; SS16_IGG4=false; SS16_MET=true",
    "classificationAiha": "AIHAMET=true; AIHATYPE=WARM; AIHASEC=false; AIHABY=@assessor",
    "classificationMs": "MSMET=true; MSRELAPSE12=true; MSTYPE=RRMS; MSMCDON=true; MSOCB=true; MSBY=@assessor",
  ]

  private static let laboratory = [
    "hematology": "LBNAM=@laboratory; LBREFID=@sample",
    "chemistry": """
    LBNAM=@laboratory; LBREFID=@sample; LBORRES_UREA=~5.1; LBORRES_ALP=~71; LBORRES_GGT=~24; LBORRES_BILI=~9.4;
    LBORRES_ALB=~41; LBORRES_PROT=~69; LBORRES_LDH=~204; LBORRES_SODIUM=~140; LBORRES_K=~4.1; LBORRES_CL=~103;
    LBORRES_GLUC=~92; LBORRES_CREAT=~66; LBORRES_ALT=~22; LBORRES_AST=~24
    """,
    "coagulation": """
    LBNAM=@laboratory; LBREFID=@sample; LBORRES_INR=~1.02; LBORRES_APTT=~29.4; LBORRES_FIBRINO=~3.1; LBORRES_DDIMER=~0.4;
    LBANTICO=false; LBBLEED=false
    """,
    "inflammation": "LBNAM=@laboratory; LBREFID=@sample; LBORRES_PCT=~0.05; LBORRES_NTPROBNP=~88",
    "cytokines": """
    LBNAM=@laboratory; LBREFID=@sample; LBORRES_IL10=~6.2; LBORRES_IFNG=~7.4; LBORRES_TNFA=~8.1; LBTOCI=false
    """,
    "urinalysis": """
    LBNAM=@laboratory; LBREFID=@sample; LBORRES_UPROT=dip-negative; LBORRES_UBLOOD=dip-negative; LBORRES_UNIT=NEGATIVE;
    LBORRES_URBC=~2; LBORRES_UWBC=~3; LBORRES_UCAST=false
    """,
    "lymphocyteSubsets": "LBNAM=@laboratory; LBREFID=@sample",
    "immunoglobulins": "LBNAM=@laboratory; LBREFID=@sample; LBIGINFEC=false",
    "autoantibodies": "LBNAM=@laboratory; LBREFID=@sample",
    "complement": "LBNAM=@laboratory; LBREFID=@sample; LBORRES_C3=~1.08; LBORRES_C4=~0.24",
    "carTCopies": "LBNAM=Central kinetics laboratory; LBREFID=@sample; LBCARLLOQ=10; LBMETHOD=QPCR",
    "replicationCompetentVector":
      "LBNAM=Central kinetics laboratory; LBREFID=@sample; LBORRES_RCV=not-detected; LBMETHOD=VSV-G PCR",
    "hbvMonitoring": "LBNAM=@laboratory; LBREFID=@sample; LBHBVPROPH=false",
    "pregnancyTest": "LBSPEC=SERUM; LBORRES_HCG=negative; LBNAM=@laboratory",
    "infectionScreening": """
    LBNAM=@laboratory; LBREFID=@sample; LBORRES_HBSAG=negative; LBORRES_HBCAB=negative; LBORRES_HCVAB=negative;
    LBORRES_HIVAB=negative; LBORRES_RPR=negative; LBORRES_IGRA=negative
    """,
  ]

  private static let scales = [
    "lupusGlobal": """
    QSEVAL=@assessor; LUP_HEMOGI=false; LUP_NEW=false; LUP_BILAGA=0; LUP_BILAGB=0; LUP_STDTX=true; LUP_STABLE=true;
    LUP_PROHIB=false
    """,
    "sscGlobal": "QSEVAL=@assessor; SSC_RENAL=false; SSC_LVF=false; SSC_PAH=false",
    "imacsGlobal": "QSEVAL=@assessor", "sledai2k": "QSEVAL=@assessor", "mrss": "QSEVAL=@assessor",
    "mmt8": "QSEVAL=@assessor", "haqDi": "QSEVAL=Participant", "essdai": "QSEVAL=@assessor",
    "esspri": "QSEVAL=Participant", "salivaryFlow": "QSEVAL=@assessor; SAL_FAST=true; SAL_ANTICHOL=false",
    "eyeTests": "QSEVAL=@assessor; SCHIRMER_R=~4; SCHIRMER_L=~4; OSS_R=5; OSS_L=5",
    "edss": "QSEVAL=@assessor; EDSS_RELAPSE=false", "ice": "QSEVAL=@assessor",
    "hemolysis": "LBNAM=@laboratory; LBREFID=@sample; LBTRANSF7=false",
    "responseContext": "RSNEWTX=false; RSFLARE=false; RSDRUGFREE=false; RSLICATS=false",
  ]
}
