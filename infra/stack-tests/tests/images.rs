//! Pictures: from the editor's machine to the shop's page, and what is not let in.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::io::Cursor;

use aws_sdk_lambda::primitives::Blob;
use cli::connection::Connection;
use domain::product::{Image, ProductFields};
use domain::{ImageId, Product, UploadId};
use futures::future::join_all;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::stack::TestProduct;
use stack_tests::{Answer, SignedIn, Stack, wait_for};
use store::audit::Actor;

/// An editor, and a product without pictures.
struct Studio {
    stack: Stack,
    staff: SignedIn,
    product: TestProduct,
    s3: aws_sdk_s3::Client,
}

/// A file that may be sent.
struct Asked {
    id: UploadId,
    image: ImageId,
    url: String,
    content_type: String,
}

impl Studio {
    async fn open() -> Self {
        let stack = Stack::connect().await;
        let product = stack.product(1, 1).await;
        let staff = stack.operator().await;
        let s3 = Connection::new(&stack.outputs).await.s3();
        Self { stack, staff, product, s3 }
    }

    async fn ask(&self, content_type: &str, bytes: usize) -> Answer {
        let path = format!("/console/products/{}/image-uploads", self.product.id);
        let body =
            json!({ "fileName": "gate.png", "contentType": content_type, "bytes": bytes, "alt": " A gate " });
        self.staff.send(self.staff.request(Method::POST, &path).json(&body)).await
    }

    async fn may_send(&self, content_type: &str, bytes: usize) -> Asked {
        let answer = self.ask(content_type, bytes).await.expect(201);
        assert_eq!(answer["upload"]["method"], "PUT");
        assert_eq!(answer["upload"]["headers"], json!({ "content-type": content_type }));
        let id = UploadId::parse(answer["id"].as_str().unwrap()).unwrap();
        let upload = self.stack.database.upload(id).await.unwrap().unwrap().value;
        let url = answer["upload"]["url"].as_str().unwrap().to_owned();
        Asked { id, image: upload.image_id, url, content_type: content_type.into() }
    }

    async fn send(&self, asked: &Asked, file: &[u8]) -> u16 {
        let request = reqwest::Client::new().put(&asked.url).header("content-type", &asked.content_type);
        request.body(file.to_vec()).send().await.unwrap().status().as_u16()
    }

    async fn outcome(&self, asked: &Asked) -> Value {
        wait_for("the upload comes to an end", 90, async || {
            let upload = self.staff.get(&format!("/console/image-uploads/{}", asked.id)).await.expect(200);
            (upload["status"] != "waiting").then_some(upload)
        })
        .await
    }

    /// The function, called as the bucket does; the error that it died of.
    async fn process(&self, asked: &Asked) -> Option<String> {
        let object = json!({ "key": format!("images/{}", asked.id), "size": 1 });
        let s3 = json!({ "object": object, "bucket": { "name": "uploads" } });
        let record = json!({ "eventName": "ObjectCreated:Put", "eventSource": "aws:s3", "s3": s3,
            "eventTime": "2026-01-01T00:00:00Z", "requestParameters": {}, "responseElements": {},
            "userIdentity": {}, "eventVersion": "2.1", "awsRegion": "eu-west-2" });
        let payload = Blob::new(json!({ "Records": [record] }).to_string());
        let name = self.stack.function("ProcessImage");
        let request = self.stack.lambda.invoke().function_name(name).payload(payload);
        request.send().await.unwrap().function_error().map(str::to_owned)
    }

    async fn product(&self) -> store::catalog::StockedProduct {
        self.stack.database.product(self.product.id).await.unwrap().unwrap()
    }

    /// How many files there are of a picture in the bucket that the site shows.
    async fn files(&self, image: ImageId) -> usize {
        let bucket = self.stack.output("MediaBucketName");
        let listed = self.s3.list_objects_v2().bucket(bucket).prefix(format!("media/images/{image}/"));
        listed.send().await.unwrap().contents().len()
    }

    /// Waits until the file that was sent is gone.
    async fn assert_gone(&self, asked: &Asked) {
        let bucket = self.stack.output("UploadsBucketName");
        wait_for("the upload is removed", 30, async || {
            let head = self.s3.head_object().bucket(bucket).key(format!("images/{}", asked.id));
            head.send().await.is_err().then_some(())
        })
        .await;
    }
}

fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        Rgb([u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap(), 90])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_photo_becomes_pictures_in_four_widths() {
    let studio = Studio::open().await;
    let photo = file(2_400, 1_600, ImageFormat::Jpeg);
    let asked = studio.may_send("image/jpeg", photo.len()).await;
    assert_eq!(studio.send(&asked, &photo).await, 200);
    let upload = studio.outcome(&asked).await;
    assert_eq!((&upload["status"], &upload["reason"]), (&json!("ready"), &Value::Null));
    let image = &upload["image"];
    assert_eq!(
        (&image["alt"], &image["width"], &image["height"]),
        (&json!("A gate"), &json!(2_400), &json!(1_600))
    );
    let widths: Vec<_> = image["renditions"].as_array().unwrap().iter().map(|r| r["width"].clone()).collect();
    assert_eq!(widths, [320, 640, 1_280, 2_000]);
    studio.assert_gone(&asked).await;

    let page = studio.staff.get(&format!("/products/{}", studio.product.slug)).await.expect(200);
    assert_eq!(page["images"][0]["url"], image["url"]);
    assert_eq!(page["images"][0]["renditions"], image["renditions"]);
    let site = studio.stack.outputs.api.strip_suffix("/api").unwrap();
    for rendition in image["renditions"].as_array().unwrap() {
        let url = format!("{site}{}", rendition["url"].as_str().unwrap());
        let shown = cli::connection::http_client(site).build().unwrap().get(&url).send().await.unwrap();
        assert_eq!(shown.status(), 200, "{url}");
        assert_eq!(shown.headers()["content-type"], "image/webp");
        assert_eq!(shown.headers()["cache-control"], "public, max-age=31536000, immutable");
        let picture = image::load_from_memory(&shown.bytes().await.unwrap()).unwrap();
        assert_eq!(json!(picture.width()), rendition["width"]);
    }
    let subject = format!("/console/audit?subject=product:{}", studio.product.id);
    let trail = studio.stack.admin().await.get(&subject).await.expect(200);
    assert_eq!(trail["items"][0]["action"], "product.updated");
    assert_eq!(trail["items"][0]["actor"]["email"], json!(studio.staff.email));
}

#[tokio::test]
async fn what_is_no_good_picture_is_refused_and_nothing_is_stored() {
    let studio = Studio::open().await;
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.to_vec();
    let mut bomb = file(8, 8, ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let mut cut = file(800, 600, ImageFormat::Jpeg);
    cut.truncate(cut.len() / 2);
    for (file, content_type, reason) in [
        (page, "image/png", "web page or a drawing"),
        (drawing, "image/png", "web page or a drawing"),
        (bomb, "image/png", "60000 × 60000 pixels"),
        (cut, "image/jpeg", "damaged or was cut off"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "image/webp", "a GIF picture"),
    ] {
        let asked = studio.may_send(content_type, file.len()).await;
        assert_eq!(studio.send(&asked, &file).await, 200);
        let upload = studio.outcome(&asked).await;
        assert_eq!((&upload["status"], &upload["image"]), (&json!("refused"), &Value::Null));
        assert!(upload["reason"].as_str().unwrap().contains(reason), "{upload}");
        studio.assert_gone(&asked).await;
        assert_eq!(studio.files(asked.image).await, 0, "{reason}");
    }
    let product = studio.product().await;
    assert!(product.product.fields().images.is_empty());
    assert_eq!(product.version, 1);
}

#[tokio::test]
async fn an_address_is_good_for_one_type_and_length() {
    let studio = Studio::open().await;
    let large = studio.ask("image/jpeg", 30 * 1024 * 1024).await;
    assert_eq!(large.pointers(), ["/bytes"]);
    assert!(large.body.to_string().contains("30 MB: a picture may have at most 15 MB"), "{}", large.body);
    assert_eq!(studio.ask("image/svg+xml", 100).await.pointers(), ["/contentType"]);

    let small = file(8, 8, ImageFormat::Png);
    let asked = studio.may_send("image/png", small.len()).await;
    assert_eq!(studio.send(&asked, &vec![0; 30 * 1024 * 1024]).await, 403, "a longer file than was said");
    let other_type = Asked { content_type: "text/html".into(), ..asked };
    assert_eq!(studio.send(&other_type, &small).await, 403, "another type than was said");
    let asked = Asked { content_type: "image/png".into(), ..other_type };
    assert_eq!(studio.send(&asked, &small).await, 200);
    assert_eq!(studio.outcome(&asked).await["status"], "ready");
}

#[tokio::test]
async fn a_function_that_dies_leaves_nothing_double() {
    for point in ["image-read", "image-rendition-written", "image-ended"] {
        let studio = Studio::open().await;
        let photo = file(700, 500, ImageFormat::Png);
        let asked = studio.may_send("image/png", photo.len()).await;
        studio.stack.kill_at(point, asked.id);
        assert_eq!(studio.send(&asked, &photo).await, 200);
        wait_for("the function was killed", 60, async || {
            studio.stack.was_killed_at(point, asked.id).then_some(())
        })
        .await;
        // The bucket tells of it again by itself, and so do four others.
        for died in join_all((0..4).map(|_| studio.process(&asked))).await {
            assert!(died.is_none() || point != "image-ended", "{point}: {died:?}");
        }
        let upload = studio.outcome(&asked).await;
        assert_eq!(upload["status"], "ready", "{point}");
        studio.assert_gone(&asked).await;
        assert_eq!(studio.process(&asked).await, None, "once more, when all is done");
        let product = studio.product().await;
        let images: Vec<_> = product.product.fields().images.iter().map(|image| image.id).collect();
        assert_eq!(images, [Some(asked.image)], "{point}");
        assert_eq!(product.version, 2, "{point}");
        assert_eq!(studio.files(asked.image).await, 3, "{point}: 700, 640 and 320");
    }
}

#[tokio::test]
async fn pictures_that_nothing_shows_are_swept_away_after_a_day() {
    let studio = Studio::open().await;
    let photo = file(300, 200, ImageFormat::Png);
    let mut images = Vec::new();
    for _ in 0..2 {
        let asked = studio.may_send("image/png", photo.len()).await;
        assert_eq!(studio.send(&asked, &photo).await, 200);
        assert_eq!(studio.outcome(&asked).await["status"], "ready");
        images.push(asked.image);
    }
    let [kept, dropped] = images[..] else { panic!("two pictures") };
    let before = studio.product().await;
    let mut fields = ProductFields::from(before.product);
    fields.images.retain(|image: &Image| image.id == Some(kept));
    fields.updated_at = Timestamp::now();
    let tree = studio.stack.database.categories().await.unwrap().tree;
    let product = Product::new(fields).unwrap();
    let actor = Actor::system("test");
    studio.stack.database.update_product(before.version, &product, &tree, &actor).await.unwrap();

    studio.stack.invoke("SweepMedia").await;
    assert_eq!(studio.files(dropped).await, 1, "it was dropped just now");
    // As if all had happened two days ago: both uploads, and the edit.
    let mut transaction = studio.stack.database.transaction();
    let long_ago = Timestamp::now() - SignedDuration::from_hours(48);
    transaction.orphan_images(studio.product.id, [kept, dropped], long_ago).unwrap();
    transaction.commit().await.unwrap();
    studio.stack.invoke("SweepMedia").await;
    assert_eq!((studio.files(kept).await, studio.files(dropped).await), (1, 0));
    let due = studio.stack.database.orphans_due(long_ago + SignedDuration::from_secs(1), 100).await.unwrap();
    assert!(due.iter().all(|due| due.orphans.product_id != studio.product.id), "it is struck out");
}
