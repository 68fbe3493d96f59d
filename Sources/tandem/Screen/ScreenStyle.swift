import Analysis

/// How the screening report looks, on a screen and on A4.
enum ScreenStyle {
  static let css =
    PrintStyle.css + """

      .study { font-size: 12pt; }
      .chip { display: inline-block; padding: 0 1.4mm; border-radius: 1mm; border: .3mm solid; font-weight: 600;
        font-size: 9pt; white-space: nowrap; }
      .pass, .eligible { color: #0b5d2b; background: #e6f4ea; } .fail, .ineligible { color: #8e1b12; background: #fce8e6; }
      .unknown, .undetermined { color: #6b4a00; background: #fff4d6; }
      .provisional { display: inline-block; font-size: 8pt; border: .2mm dashed #4a5763; padding: 0 1mm; border-radius: 1mm; }
      .matrix { font-size: 9pt; } .matrix td, .matrix thead th + th { text-align: center; width: 7.5mm; font-weight: 700; }
      .matrix tbody th { font-weight: 400; } .matrix .none { background: #f3f5f7; }
      .criteria td:first-child { width: 28mm; } .criteria td:last-child { width: 62mm; } .criteria { font-size: 9.5pt; }
      .source { color: #4a5763; font-style: italic; } .evidence p { margin: 0 0 1mm; overflow-wrap: anywhere; }
      .reference { color: #4a5763; font-size: 7.5pt; } .next { border: .4mm solid #6b4a00; padding: 1mm 3mm; border-radius: 1.5mm; }
      .next h3 { margin-top: 1mm; } .next ol { margin: 1mm 0; padding-left: 6mm; }
      .failure { border: .4mm solid #8e1b12; padding: 1.5mm 3mm; border-radius: 1.5mm; } .items { font-size: 9pt; }
      .notice { border: .4mm solid #6b4a00; padding: 1.5mm 3mm; border-radius: 1.5mm; overflow-wrap: anywhere; }
      .keep { white-space: nowrap; }
      .criteria td:first-child b, .matrix th b { white-space: nowrap; }
      @media screen and (max-width: 700px) { table { display: block; overflow-x: auto; } .criteria, .criteria tbody, .criteria tr, .criteria td { display: block; }
        .criteria thead { display: none; } .criteria tr { border-bottom: .5mm solid #c9d1d8; }
        .criteria td, .criteria td:first-child, .criteria td:last-child { width: auto; border: 0; } }
      @media print { .candidate { break-before: page; }
        .chip, .matrix td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
      """
}
