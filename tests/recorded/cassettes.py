#!/usr/bin/env python3
"""Recorded traffic of real orgs, out of the cassettes of VCR (Ruby) and vcrpy (Python): a JSON object a line.

usage: cassettes.py FOLDER...

Every *.yml and *.yaml below the folders is looked at. What is no call of Salesforce's REST API is passed over. Placeholders that the
recorders put in (<host>, <api_version>, vxx.0) become what an address can hold.
"""
import base64
import glob
import json
import re
import sys

import yaml


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    pass


Loader.add_constructor("!binary", lambda loader, node: base64.b64decode(node.value))


def text(body):
    if isinstance(body, dict) and ("string" in body or "encoding" in body):
        body = body.get("string")
    if body is None:
        return ""
    if isinstance(body, bytes):
        return body.decode("utf-8", "replace")
    return body if isinstance(body, str) else json.dumps(body)


def calls(document):
    if not isinstance(document, dict):
        return []
    if "request" in document and "response" in document:
        return [document]
    return [call for call in document.get("http_interactions") or document.get("interactions") or [] if "request" in call]


def main():
    for folder in sys.argv[1:]:
        for name in sorted(glob.glob(folder + "/**/*.y*ml", recursive=True)):
            try:
                with open(name, encoding="utf-8") as file:
                    document = yaml.load(file, Loader=Loader)
            except (yaml.YAMLError, UnicodeDecodeError):
                continue
            for call in calls(document):
                request, response = call["request"], call["response"]
                path = re.sub(r"^(https?://[^/]*|<<?[A-Za-z_]+>>?)/*", "/", request.get("uri") or "")
                path = re.sub(r"<api_version>|vxx\.0", "v67.0", path)
                path = re.sub(r"/v(\d\d)/", r"/v\1.0/", path)
                if not path.startswith(("/services/data/", "/services/apexrest/", "/services/oauth2/token")):
                    continue
                status = response["status"]
                status = status.get("code") if isinstance(status, dict) else status
                headers = {key.lower(): value[0] if isinstance(value, list) else value for key, value in (response.get("headers") or {}).items()}
                print(json.dumps({"from": name[len(folder) :].lstrip("/"), "method": request["method"].upper(), "path": path, "sent": text(request.get("body")),
                                  "status": int(status), "headers": headers, "body": text(response.get("body"))}))


main()
