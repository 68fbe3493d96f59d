/// How printed pages look, on a screen and on A4: the part that all of them share.
public enum PrintStyle {
  /// Page, type, tables and the marks of verdicts.
  public static let css = """
    @page { size: A4; margin: 14mm 12mm; }
    * { box-sizing: border-box; }
    body { font: 10.5pt/1.4 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #16202a; max-width: 190mm;
      margin: 8mm auto; padding: 0 4mm; }
    h1 { font-size: 18pt; margin: 0; } h2 { font-size: 14pt; margin: 8mm 0 1mm; } h3 { font-size: 11pt; margin: 5mm 0 1mm; }
    p { margin: 1mm 0; } .note, .legend { color: #4a5763; font-size: 9pt; }
    table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
    th, td { text-align: left; vertical-align: top; padding: 1mm 1.6mm; border-bottom: .2mm solid #c9d1d8; }
    thead th { border-bottom: .5mm solid #16202a; font-size: 9pt; }
    thead { display: table-header-group; break-after: avoid; break-inside: avoid; } tr { break-inside: avoid; }
    h2, h3, caption { break-after: avoid; break-inside: avoid; } tbody tr:first-child { break-before: avoid; }
    @media print { body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; } a { color: inherit; text-decoration: none; } }
    """
}
