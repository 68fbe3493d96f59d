/// How the screening report looks, on a screen and on A4.
enum ScreenStyle {
  static let css = """
    @page { size: A4; margin: 14mm 12mm; }
    * { box-sizing: border-box; }
    body { font: 10.5pt/1.4 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #16202a; max-width: 190mm;
      margin: 8mm auto; padding: 0 4mm; }
    h1 { font-size: 18pt; margin: 0; } h2 { font-size: 14pt; margin: 8mm 0 1mm; } h3 { font-size: 11pt; margin: 5mm 0 1mm; }
    p { margin: 1mm 0; } .study { font-size: 12pt; } .note, .legend { color: #4a5763; font-size: 9pt; }
    table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
    th, td { text-align: left; vertical-align: top; padding: 1mm 1.6mm; border-bottom: .2mm solid #c9d1d8; }
    thead th { border-bottom: .5mm solid #16202a; font-size: 9pt; }
    thead { display: table-header-group; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
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
    @media print { body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; } .candidate { break-before: page; }
      .chip, .matrix td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } a { color: inherit; text-decoration: none; } }
    """
}
