"""PyPI's bytedance, an SDK for Douyin's apps that we didn't write, gets an app's token."""

import json
import sys

from bytedance import ByteDance, ByteDanceError

url, app, secret, folder = sys.argv[1:]
sdk = ByteDance(
    app_id=app,
    app_secret=secret,
    access_token_type="file",
    ac_path=f"{folder}/token",
    api_domains={"https://developer.toutiao.com": url},
)
try:
    first = sdk.access_token
    print(json.dumps({"token": first, "kept": sdk.access_token == first}), flush=True)
except ByteDanceError as error:
    print(json.dumps({"error": str(error)}), flush=True)
