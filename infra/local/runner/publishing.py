"""Fills the site's bucket: what pages need before the pages, and nothing away from under a page that is open."""

import hashlib
import mimetypes
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

from .console import step

# Vite puts a hash of the content into these names.
HASHED = ("assets/", "console/assets/")
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
# Everything that caches may have under a name that stays, and that a deployment changes.
CHANGING_PATHS = ["/index.html", "/console/index.html", "/config.json", "/docs/*", "/favicon.svg", "/robots.txt"]
UPLOADS_AT_ONCE = 8


def publish(s3, bucket: str, files: dict[str, bytes], keep: timedelta = timedelta()) -> None:
    """Makes the bucket hold the site's files, if it does not already.

    Files with a hash in their name that are no longer part of it stay for as long as `keep` says, counted from their
    upload: a page that was opened before asks for them when somebody goes on in it.
    """
    digests = {key: hashlib.md5(content, usedforsecurity=False).hexdigest() for key, content in files.items()}
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    present = {item["Key"]: item for page in pages for item in page.get("Contents", [])}
    changed = [key for key, digest in digests.items() if key not in present or _tag(present[key]) != digest]
    oldest = datetime.now(timezone.utc) - keep
    stale = [
        key
        for key, item in sorted(present.items())
        if key not in files and not (key.startswith(HASHED) and item["LastModified"] > oldest)
    ]
    if not changed and not stale:
        return

    def put(key: str) -> None:
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=files[key],
            ContentType=mimetypes.guess_type(key)[0] or "application/octet-stream",
            CacheControl=IMMUTABLE if key.startswith(HASHED) else REVALIDATE,
        )

    title = f"Uploading the site ({len(changed)} changed, {len(stale)} removed)"
    with step(title), ThreadPoolExecutor(UPLOADS_AT_ONCE) as pool:
        # A page must not be there before what it asks for.
        list(pool.map(put, [key for key in changed if key.startswith(HASHED)]))
        list(pool.map(put, [key for key in changed if not key.startswith(HASHED)]))
        for key in stale:
            s3.delete_object(Bucket=bucket, Key=key)


def invalidate(cloudfront, distribution: str, reference: str) -> None:
    """Has caches ask for everything anew whose name stays, and waits until they do."""
    created = cloudfront.create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": len(CHANGING_PATHS), "Items": CHANGING_PATHS},
            "CallerReference": reference,
        },
    )
    with step("Waiting for the caches"):
        cloudfront.get_waiter("invalidation_completed").wait(
            DistributionId=distribution, Id=created["Invalidation"]["Id"], WaiterConfig={"Delay": 5, "MaxAttempts": 120}
        )


def _tag(item: dict) -> str:
    return item["ETag"].strip('"')
