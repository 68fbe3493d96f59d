/// Every way into the site. A test asks each with every role and with none.
enum Routes {
  static let all: [Route] =
    AssetPages.routes + AboutPage.routes + FoundingPages.routes + SignInPages.routes + OpenIDPages.routes
    + RecoveryPages.routes + OwnAccountPages.routes + SecondFactorPages.routes + TodayPage.routes
    + ScreeningPage.routes + ParticipantList.routes + ParticipantPage.routes + VisitForms.routes + IdentityPage.routes
    + DocumentsPage.routes + FormPage.routes
    + PrintPages.routes
    + ProductList.routes + ProductPage.routes + InfusionPage.routes
    + SafetyPages.routes + ParticipantSafetyPage.routes + ResponsePage.routes + TimelinePage.routes + ClockPage.routes
    + QueryPage.routes + SourceWorkPage.routes + StudyPage.routes + ExportPage.routes + AuditPage.routes
    + AccountPage.routes + HelpPage.routes + PracticePage.routes + ActPages.routes + APIRoutes.all
}
