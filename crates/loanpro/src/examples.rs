//! The examples that schemas and reference pages show, with the values that the document uses.

use serde_json::{Map, Value, json};

const BASE: &str = "https://loanpro.simnang.com/api/public/api/1/odata.svc";

/// An entity with its metadata, links to what is nested in it, and its own members.
fn entity(set: &str, id: u64, entity_type: &str, nested: &[&str], own: &Value) -> Value {
    let mut members = Map::new();
    let uri = format!("{BASE}/{set}(id={id})");
    members.insert("__metadata".to_owned(), json!({"uri": uri, "type": format!("Entity.{entity_type}")}));
    for name in nested {
        let link = json!({"__deferred": {"uri": format!("{set}(id={id})/{name}")}});
        members.insert((*name).to_owned(), link);
    }
    members.extend(own.as_object().cloned().unwrap_or_default());
    Value::Object(members)
}

/// One object of two; a long one is written in parts.
fn joined(mut first: Value, second: Value) -> Value {
    if let (Some(members), Value::Object(more)) = (first.as_object_mut(), second) {
        members.extend(more);
    }
    first
}

/// The document's customer.
pub(crate) fn customer() -> Value {
    let nested = [
        "PrimaryAddress",
        "MailAddress",
        "Employer",
        "References",
        "PaymentAccounts",
        "Phones",
        "CustomFieldValues",
        "Documents",
        "CreditScore",
        "Loans",
        "LineOfCredits",
        "SocialProfiles",
        "Notes",
    ];
    let own = json!({
        "id": 751, "customId": null, "mcId": 161_057, "customerType": "customer.type.individual",
        "status": "Active", "firstName": "Douglas", "lastName": "McCallagher", "middleName": null,
        "birthDate": "/Date(-223948800)/", "gender": "customer.gender.male",
        "generationCode": "customer.generationCode.none", "email": "", "ssn": "XXXXX3333",
        "driverLicense": "123456789", "companyName": null, "contactName": null,
        "customerIdType": "customer.idType.ssn", "customerId": null, "creditLimit": 0,
        "accessUserName": "dougmccallagher", "active": 1, "ofacMatch": 0, "ofacTested": 0,
        "saleTransferPii": 1, "passwordChanged": 0, "hasAvatar": 1, "loanRole": null,
        "created": "/Date(1650054921)/", "lastUpdate": "/Date(1650311603)/", "creditScoreId": 333,
    });
    entity("Customers", 751, "Customer", &nested, &own)
}

/// The document's loan.
pub(crate) fn loan() -> Value {
    let nested =
        ["LoanSetup", "LoanSettings", "Customers", "StatusArchive", "Autopays", "Transactions", "Payments"];
    let own = json!({
        "id": 9118, "displayId": "L00009118", "title": "Loan 9118", "settingsId": 9118, "setupId": 9104,
        "active": 1, "archived": 0, "created": "/Date(1599609600)/",
    });
    entity("Loans", 9118, "Loan", &nested, &own)
}

/// A payment on the document's loan.
pub(crate) fn payment() -> Value {
    let own = json!({
        "id": 10_001, "entityType": "Entity.Loan", "entityId": 9118, "amount": "303.78",
        "date": "/Date(1649980800)/", "info": "04/15/2022 Credit/Debit Card", "paymentMethodId": 3,
        "paymentTypeId": 1, "paymentAccountId": 289, "autopayId": null, "processed": 0, "early": 0,
        "echeckAuthType": "payment.echeckauth.WEB", "extra": "payment.extra.tx.principal", "active": 1,
        "resetPastDue": 0, "payoffFlag": 0, "chargeFeeType": "loan.cardfee.types.0",
        "chargeFeeAmount": "5.00", "chargeFeePercentage": "5.00", "beforePrincipalBalance": "9198.90",
        "beforePayoff": "9205.70", "afterPrincipalBalance": "8901.92", "afterPayoff": "8901.92",
        "paymentInterest": "6.80", "paymentPrincipal": "296.98", "created": "/Date(1650054921)/",
    });
    entity("Payments", 10_001, "Payment", &[], &own)
}

/// The origination of the document's loan.
pub(crate) fn transaction() -> Value {
    let own = json!({
        "id": 91_180_000, "entityType": "Entity.Loan", "entityId": 9118, "date": "/Date(1599609600)/",
        "title": "Origination", "type": "origination", "paymentId": null, "paymentAmount": "0.00",
        "paymentInterest": "0.00", "paymentPrincipal": "0.00", "chargeAmount": "10000.00",
        "chargeInterest": "0.00", "chargePrincipal": "10000.00", "future": 0,
        "principalBalance": "10000.00",
    });
    entity("Transactions", 91_180_000, "LoanTransaction", &[], &own)
}

/// An autopay on the document's loan.
pub(crate) fn autopay() -> Value {
    let own = json!({
        "id": 10_002, "loanId": 9118, "name": "Default monthly autopay", "type": "autopay.type.recurring",
        "paymentExtraTowards": "payment.extra.tx.principal", "amountType": "autopay.amountType.static",
        "amount": "250.00", "paymentType": 1, "applyDate": "/Date(1474156800)/",
        "processDateTime": "/Date(1474149600)/", "methodType": "autopay.methodType.echeck",
        "recurringFrequency": "autopay.recurringFrequency.monthly",
        "recurringDateOption": "autopay.recurringDate.processDate", "recurringPeriods": 36,
        "periodsDone": 0, "payoffAdjustment": 1, "primaryPaymentMethodId": 123,
        "status": "autopay.status.pending", "chargeServiceFee": "0", "processCurrent": 1, "retryDays": 0,
        "processTime": 22, "postPaymentUpdate": 1, "processDate": "/Date(1474070400)/", "daysInPeriod": "",
        "schedulingType": "autopay.schedulingType.calendarDay", "processDateCondition": "calendarDays",
        "chargeOffRecovery": 0, "paymentMethodAuthType": "payment.echeckauth.PPD",
        "paymentMethodAccountType": "bankacct.type.checking", "processZeroOrNegativeBalance": 0,
        "lastDayOfMonthEnabled": 0, "baProcessor": "1",
    });
    entity("Autopays", 10_002, "Autopay", &[], &own)
}

/// The document's payment to create, marked as one that is only logged (R89).
pub(crate) fn new_payment() -> Value {
    json!({
        "selectedProcessor": 0, "paymentMethodId": 3, "early": 0, "echeckAuthType": "payment.echeckauth.WEB",
        "amount": "303.78", "date": "2022-04-15", "info": "04/15/2022 Credit/Debit Card", "paymentTypeId": 1,
        "active": 1, "resetPastDue": 0, "payoffPayment": false, "CustomFieldValues": {"results": []},
        "_saveProfile": 0, "extra": "payment.extra.tx.principal",
        "__processorName":
            "{\"id\":\"98\",\"key\":\"anet\",\"name\":\"Anet Default processor\",\"default\":\"1\"}",
        "paymentAccountId": 289, "chargeFeeType": "loan.cardfee.types.0", "chargeFeeAmount": 5,
        "chargeFeePercentage": 5, "payoffFlag": 0, "__logOnly": true,
    })
}

/// The body that creates the document's payment.
pub(crate) fn new_payments() -> Value {
    json!({"Payments": {"results": [new_payment()]}})
}

/// The document's autopay to create.
pub(crate) fn new_autopay() -> Value {
    json!({
        "name": "Default monthly autopay", "type": "autopay.type.recurring",
        "paymentExtraTowards": "payment.extra.tx.principal", "amountType": "autopay.amountType.static",
        "amount": 250.0, "paymentType": 1, "chargeServiceFee": "0", "processCurrent": 1, "retryDays": 0,
        "processTime": 22, "postPaymentUpdate": 1, "applyDate": "2016-09-18", "processDate": "2016-09-17",
        "methodType": "autopay.methodType.echeck",
        "recurringFrequency": "autopay.recurringFrequency.monthly",
        "recurringDateOption": "autopay.recurringDate.processDate", "daysInPeriod": "",
        "schedulingType": "autopay.schedulingType.calendarDay", "processDateCondition": "calendarDays",
        "payoffAdjustment": 1, "chargeOffRecovery": 0, "paymentMethodAuthType": "payment.echeckauth.PPD",
        "paymentMethodAccountType": "bankacct.type.checking", "processZeroOrNegativeBalance": 0,
        "lastDayOfMonthEnabled": 0, "primaryPaymentMethodId": 123, "recurringPeriods": 36,
        "baProcessor": "1", "processDateTime": "2016-09-17 22:00:00",
    })
}

/// The body that creates it.
pub(crate) fn new_autopays() -> Value {
    json!({"Autopays": {"results": [new_autopay()]}})
}

/// The document's day of the archive.
pub(crate) fn status_archive() -> Value {
    let own = json!({
        "id": 9118, "loanId": 9118, "date": "/Date(1652227200)/", "followUpDate": "/Date(-62169984000)/",
        "amountDue": "0.00", "dueInterest": "113.11", "duePrincipal": "4073.98", "dueDiscount": "9.84",
        "dueEscrow": "0.00",
        "dueEscrowBreakdown": r#"{"1":0,"2":0,"3":0,"4":0,"6":0,"30":0,"31":0,"32":0,"33":0}"#,
        "dueFees": "3.00", "duePni": "4187.09", "payoffFees": "0.00", "delinquentBucket": 0,
        "delinquentBucketBalance": null, "nextPaymentDate": "/Date(1654732800)/",
        "nextPaymentAmount": "297.47", "lastPaymentDate": "/Date(1651795200)/",
        "lastPaymentAmount": "100.00", "principalBalance": "8902.04", "amountPastDue30": "0.00",
        "daysPastDue": 0, "dateLastCurrent": "/Date(1652227200)/", "dateLastCurrent30": null,

    });
    let more = json!({
        "payoff": "9018.44", "perdiem": "1.10", "interestAccruedToday": "1.10", "availableCredit": "0.00",
        "creditLimit": "0.00", "periodStart": "/Date(1652054400)/", "periodEnd": "/Date(1654646400)/",
        "periodsRemaining": 16, "escrowBalance": "0.00",
        "escrowBalanceBreakdown": r#" {"1":0,"2":0,"3":0,"4":0,"6":0,"30":0,"31":0,"32":0,"33":0}"#,
        "discountRemaining": "167.37", "loanStatusId": 2, "loanStatusText": "Open", "loanSubStatusId": 9,
        "loanSubStatusText": "Open - Repaying", "sourceCompanyId": null, "sourceCompanyText": null,
        "creditStatus": "loan.creditstatus.11", "loanAge": 609, "loanRecency": 5,
        "lastHumanActivity": "/Date(1651795200)/", "stoplight": "stoplight.display.yellow",
        "finalPaymentDate": "/Date(1694217600)/", "finalPaymentAmount": "4974.78", "netChargeOff": "0.00",
        "firstDelinquencyDate": null, "uniqueDelinquencies": 1, "delinquencyPercent": "68.03",
        "delinquentDays": 415, "calcedECOA": "loan.ecoacodes.1", "calcedECOACoBuyer": "loan.ecoacodes.0",
        "customFieldsBreakdown": r#"{"15":"250.00"}"#, "portfolioBreakdown": r#"["20"]"#,
        "subPortfolioBreakdown": r#"["10"]"#,
    });
    entity("LoanStatusArchive", 9118, "StatusArchive", &[], &joined(own, more))
}

/// The document's terms.
pub(crate) fn loan_setup() -> Value {
    let own = json!({
        "id": 9104, "loanId": 9118, "modId": 0, "active": 1, "apr": "4.4966", "aprForceSingle": 0,
        "payment": "297.47", "origFinalPaymentDate": "/Date(1694217600)/",
        "origFinalPaymentAmount": "296.86", "tilFinanceCharge": "708.31", "tilTotalOfPayments": "10708.31",
        "tilLoanAmount": "10000.00", "tilSalesPrice": "10708.31",
        "tilPaymentSchedule": r#"[{"count":35,"payment":297.47000000000003,"startDate":"10/09/2020"},{"count":1,"payment":296.86000000000001,"startDate":"09/09/2023"}]"#,
        "regzCustomEnabled": 0, "regzApr": "0.0000", "regzFinanceCharge": "0.00",
        "regzAmountFinanced": "0.00", "regzTotalOfPayments": "0.00", "loanAmount": "10000.00",
        "discount": "500.00", "underwriting": "0.00", "loanRate": "4.5000",
        "loanRateType": "loan.rateType.annually", "loanTerm": "36.0000", "moneyFactor": "0",
        "residual": "0.00", "contractDate": "/Date(1599609600)/", "firstPaymentDate": "/Date(1602201600)/",

    });
    let more = json!({
        "scheduleRound": "0.00", "amountDown": "0.00", "reserve": "0.00", "salesPrice": "0.00",
        "gap": "0.00", "warranty": "0.00", "dealerProfit": "0.00", "taxes": "0.00", "creditLimit": "0.00",
        "reportingCreditLimit": "0.00", "loanClass": "loan.class.consumer",
        "loanType": "loan.type.installment", "discountSplit": 1,
        "paymentFrequency": "loan.frequency.monthly", "calcType": "loan.calcType.simpleInterest",
        "daysInYear": "loan.daysInYear.actual",
        "interestApplication": "loan.interestApplication.betweenPeriods", "begEnd": "loan.begend.end",
        "firstPeriodDays": "loan.firstPeriodDays.actual", "firstDayInterest": 1,
        "discountCalc": "loan.discountCalc.rebalancing", "diyAlt": 0, "dueDateOnLastDOM": 0,
        "dueDatesOnBusinessDays": "loan.businessduedates.disabled", "daysInPeriod": "loan.daysinperiod.30",

    });
    let rest = json!({
        "roundDecimals": 5, "lastAsFinal": 1, "nddCalc": "loan.nddCalc.standard", "endInterest": "",
        "scheduleTemplate": 0, "curtailmentTemplate": 0, "feesPaidBy": "loan.feesPaidBy.period",
        "useInterestTiers": 0, "calcHistoryEnabled": 0, "calcDatesEnabled": 0, "graceDays": 10,
        "lateFeeType": "loan.lateFee.1", "lateFeeAmount": "30.00", "lateFeePercent": "0.00",
        "lateFeeCalc": "loan.lateFeeCalc.standard", "lateFeePercentBase": "loan.latefeepercentbase.regular",
        "rollLastPayment": 0, "paymentDateApp": "loan.pmtdateapp.actual", "suspendForecastTo": null,
        "isSetupValid": true, "usuryAlert": null, "maxInterestAmount": null, "financeChargeAsMIA": null,
    });
    entity("LoanSetup", 9104, "LoanSetup", &[], &joined(joined(own, more), rest))
}
