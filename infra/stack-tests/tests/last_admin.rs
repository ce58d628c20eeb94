//! There is always an admin, whatever admins do to each other at the same time. On a table of its own, where nobody else
//! is an admin.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use domain::{CustomerEmail, CustomerId, Group};
use futures::future::join_all;
use identity::{Invitation, StaffDesk, StaffError};
use stack_tests::Stack;
use store::audit::{Actor, ActorKind};
use store::{Database, TableNames};
use ulid::Ulid;

/// How many admins there are at first.
const ADMINS: usize = 5;

fn keys(hash: &str, range: &str) -> [KeySchemaElement; 2] {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .map(|(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap())
}

/// A table like the console's.
async fn table(client: &aws_sdk_dynamodb::Client) -> String {
    let name = format!("last-admin-{}", Ulid::generate());
    let attribute = |name: &&str| {
        let attribute = AttributeDefinition::builder().attribute_name(*name);
        attribute.attribute_type(ScalarAttributeType::S).build().unwrap()
    };
    let index = GlobalSecondaryIndex::builder()
        .index_name("gsi1")
        .set_key_schema(Some(keys("gsi1pk", "gsi1sk").into()))
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build()
        .unwrap();
    client
        .create_table()
        .table_name(&name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(["pk", "sk", "gsi1pk", "gsi1sk"].iter().map(attribute).collect()))
        .set_key_schema(Some(keys("pk", "sk").into()))
        .global_secondary_indexes(index)
        .send()
        .await
        .unwrap();
    name
}

struct Office {
    desk: StaffDesk,
    admins: Vec<(CustomerId, CustomerEmail)>,
}

impl Office {
    async fn open(admins: usize) -> Self {
        let stack = Stack::connect().await;
        let client = aws_sdk_dynamodb::Client::new(&cloud::config().await);
        let console = Some(table(&client).await);
        let database = Database::new(client, TableNames { console, ..TableNames::default() });
        let mut office = Self { desk: StaffDesk::new(stack.directory(), database), admins: Vec::new() };
        for _ in 0..admins {
            let (id, email) = stack.account().await;
            let added =
                office.desk.add(&Actor::system("test"), &email, Group::Admin, &Invitation::ByEmail).await;
            assert!(!added.unwrap().invited);
            office.admins.push((id, email));
        }
        office
    }

    fn actor(&self, index: usize) -> Actor {
        let (id, email) = &self.admins[index];
        Actor { kind: ActorKind::Staff, id: id.to_string(), email: Some(email.clone()) }
    }

    async fn left(&self) -> usize {
        let staff = self.desk.list().await.unwrap();
        assert!(staff.iter().all(|member| member.record.pending.is_none()));
        staff.iter().filter(|member| member.record.group == Group::Admin).count()
    }
}

#[tokio::test]
async fn the_last_admin_stays() {
    let office = Office::open(2).await;
    let system = Actor::system("test");
    office.desk.remove(&office.actor(0), &office.admins[1].0).await.unwrap();
    for refused in [
        office.desk.remove(&system, &office.admins[0].0).await,
        office.desk.change(&system, &office.admins[0].0, Group::Operator).await.map(drop),
    ] {
        assert!(matches!(refused, Err(StaffError::LastAdmin)), "{refused:?}");
    }
    let outsider = office.desk.remove(&office.actor(1), &office.admins[0].0).await;
    assert!(matches!(outsider, Err(StaffError::NotPermitted)), "{outsider:?}");
    assert_eq!(office.left().await, 1);
}

#[tokio::test]
async fn admins_who_remove_each_other_at_once_leave_one() {
    let office = Office::open(ADMINS).await;
    let pairs = (0..ADMINS).flat_map(|actor| (0..ADMINS).map(move |leaver| (actor, leaver)));
    let attempts = pairs.filter(|(actor, leaver)| actor != leaver).map(async |(actor, leaver)| {
        let leaver = &office.admins[leaver].0;
        // Half of them are not removed, but made operators.
        if actor % 2 == 0 {
            office.desk.remove(&office.actor(actor), leaver).await
        } else {
            office.desk.change(&office.actor(actor), leaver, Group::Operator).await.map(drop)
        }
    });
    let outcomes = join_all(attempts).await;
    for outcome in &outcomes {
        use StaffError::{Contended, LastAdmin, NotFound, NotPermitted};
        assert!(
            matches!(outcome, Ok(()) | Err(Contended | LastAdmin | NotFound | NotPermitted)),
            "{outcome:?}"
        );
    }
    let left = office.left().await;
    assert!(left >= 1, "{outcomes:?}");
    // The count has kept up: the last one cannot go either.
    let system = Actor::system("test");
    let mut refused = 0;
    for (id, _) in &office.admins {
        match office.desk.remove(&system, id).await {
            Ok(()) | Err(StaffError::NotFound) => {}
            Err(StaffError::LastAdmin) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((refused, office.left().await), (1, 1));
}
