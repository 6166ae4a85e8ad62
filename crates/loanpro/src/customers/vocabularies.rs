//! The words of a customer.

use estoppel_contract::vocabulary;

vocabulary! {
    /// What kind of customer this is.
    #![source("R122")]
    #![basis("ruled")]
    pub enum CustomerType {
        /// A person.
        Individual = "customer.type.individual",
        /// A company.
        Company = "customer.type.company",
        /// A dealer with a flooring line.
        FlooringCustomer = "customer.type.flooringCustomer",
    }
}

vocabulary! {
    /// A customer's gender.
    #![source("R122")]
    #![basis("ruled")]
    pub enum Gender {
        /// Male.
        Male = "customer.gender.male",
        /// Female.
        Female = "customer.gender.female",
        /// Not known.
        Unknown = "customer.gender.unknown",
    }
}

vocabulary! {
    /// What follows a customer's name.
    #![source("R122")]
    #![basis("ruled")]
    pub enum GenerationCode {
        /// Nothing.
        None = "customer.generationCode.none",
        /// Junior.
        Junior = "customer.generationCode.jr",
        /// Senior.
        Senior = "customer.generationCode.sr",
        /// The second.
        Second = "customer.generationCode.ii",
        /// The third.
        Third = "customer.generationCode.iii",
        /// The fourth.
        Fourth = "customer.generationCode.iv",
        /// The fifth.
        Fifth = "customer.generationCode.v",
        /// The sixth.
        Sixth = "customer.generationCode.vi",
        /// The seventh.
        Seventh = "customer.generationCode.vii",
        /// The eighth.
        Eighth = "customer.generationCode.viii",
        /// The ninth.
        Ninth = "customer.generationCode.ix",
    }
}

vocabulary! {
    /// Which number identifies a customer.
    #![source("R122")]
    #![basis("ruled")]
    pub enum CustomerIdType {
        /// A social security number.
        Ssn = "customer.idType.ssn",
        /// An employer identification number.
        EmployerNumber = "customer.idType.employerNumber",
        /// A Canadian social insurance number.
        Sin = "customer.idType.sin",
    }
}

vocabulary! {
    /// What kind of telephone this is.
    #![source("R96")]
    #![basis("ruled")]
    pub enum PhoneType {
        /// A mobile telephone.
        Cell = "phone.type.cell",
        /// At home.
        Home = "phone.type.home",
        /// At work.
        Work = "phone.type.work",
    }
}

vocabulary! {
    /// The navigation properties of a customer.
    #![source("customer-website: Customer Info")]
    #![basis("example")]
    pub enum CustomerNavigation {
        /// Where the customer lives.
        PrimaryAddress = "PrimaryAddress",
        /// Where the customer gets mail.
        MailAddress = "MailAddress",
        /// For whom the customer works.
        Employer = "Employer",
        /// Who knows the customer.
        References = "References",
        /// How the customer pays.
        PaymentAccounts = "PaymentAccounts",
        /// The customer's telephones.
        Phones = "Phones",
        /// Values of the tenant's own fields.
        CustomFieldValues = "CustomFieldValues",
        /// Documents.
        Documents = "Documents",
        /// The credit score.
        CreditScore = "CreditScore",
        /// The loans.
        Loans = "Loans",
        /// Lines of credit.
        LineOfCredits = "LineOfCredits",
        /// Profiles in social networks.
        SocialProfiles = "SocialProfiles",
        /// Notes about the customer.
        Notes = "Notes",
    }
}
