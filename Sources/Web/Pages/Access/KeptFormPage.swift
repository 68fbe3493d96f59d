import Conduct
import Markup
import Trial

/// The page after somebody signed in again who had sent a form too late: what they typed is there, and leads back to where it was typed.
enum KeptFormPage {
  /// - Parameter request: of who is signed in.
  static func page(_ request: PageRequest, _ kept: KeptForm) -> Page {
    let words = request.words
    let parts = FormParts(request)
    return Page(words["What you typed is still here"], at: nil) {
      Notice.markup(
        .note, .text(words["Your session had ended before it was sent. Nothing of it was recorded."]),
        .text(words["Passwords, codes and files are not kept: give them anew."]))
      if request.session?.acting == nil {
        roles(request, kept, parts)
      } else {
        Markup.tag("section") {
          parts.form(kept.path) {
            for field in kept.fields.pairs { parts.hidden(field.name, field.value) }
            parts.hidden(KeptForm.againField, "true")
            Markup.tag("div", ["class": "actions"]) {
              parts.button(words["Go on with what I typed"])
              Part.link("/", words["Do not"], class: "button second")
            }
          }
        }
      }
    }
  }

  private static func roles(_ request: PageRequest, _ kept: KeptForm, _ parts: FormParts) -> Markup {
    .fragment([
      .tag("h2") { request.words["In which role do you act?"] },
      .tag("div", ["class": "cards"]) {
        for acting in request.session?.roles ?? [] {
          parts.form("/role", class: "card") {
            parts.hidden("role", acting.role.rawValue)
            parts.hidden("site", acting.site?.description ?? "")
            for field in kept.carried { parts.hidden(field.name, field.value) }
            parts.button(request.words.role(acting), class: "second")
          }
        }
      },
    ])
  }
}
