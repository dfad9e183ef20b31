"""Writes golden.jsonl: messages as confluent-kafka's own serializer encodes them.

The same messages stand in GoldenBytesTest as domain records, written independently of these.
Run it after a schema has changed, from the module's folder, with a Python that has
confluent-kafka[avro,schemaregistry]:

    python src/test/python/golden.py > src/test/resources/golden/golden.jsonl
"""

import datetime
import json
import pathlib
import re

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

HISTORY = pathlib.Path("src/main/resources/io/faultline/schemas/history")
AVRO = "io.faultline.schemas.avro."


def at(text):
    return datetime.datetime.fromisoformat(text)


JOB = {"jobId": "01J0JOB", "queue": "research", "jobSet": "nightly-1", "gangId": None}
GANG = {**JOB, "gangId": "gang-7"}
RUN = {"runId": "run-0", "index": 0}

MESSAGES = [
    ("job-errors", "JobError", "a failed pod", {
        "errorId": "run-0/1",
        "job": GANG,
        "run": RUN,
        "executor": "e1",
        "cluster": "c1",
        "namespace": "default",
        "podName": "armada-01J0JOB-0-0",
        "at": at("2026-03-01T10:05:00.123456+00:00"),
        "terminal": True,
        "evidence": {
            "kind": "POD_FAILED",
            "internalCause": None,
            "podReason": "Evicted",
            "podMessage": "naïve 🚀\u0000",
            "podPhase": "Failed",
            "node": "node-7",
            "containers": [{
                "name": "main",
                "role": "REGULAR",
                "image": "app:1",
                "termination": {"exitCode": 137, "signal": 9, "reason": "OOMKilled", "message": "<b>"},
                "waitingReason": "",
                "lastTermination": None,
            }],
            "events": [{"type": "Warning", "reason": "BackOff", "message": "again"}],
            "podError": "",
            "retryAfter": at("2026-03-01T10:06:00+00:00"),
            "conditions": [{
                "type": "DisruptionTarget",
                "status": "True",
                "reason": "EvictionByEvictionAPI",
                "message": "",
            }],
        },
    }),
    ("job-errors", "JobError", "an expired lease", {
        "errorId": "run-0/expired",
        "job": JOB,
        "run": RUN,
        "executor": "",
        "cluster": "",
        "namespace": "",
        "podName": "",
        "at": at("1969-12-31T23:59:59.999999+00:00"),
        "terminal": False,
        "evidence": {
            "kind": "LEASE_EXPIRED",
            "internalCause": "LEASE_EXPIRED",
            "podReason": "",
            "podMessage": "",
            "podPhase": "",
            "node": "",
            "containers": [],
            "events": [],
            "podError": "",
            "retryAfter": None,
            "conditions": [],
        },
    }),
    ("job-events", "JobEvent", "submitted", {
        "job": JOB,
        "run": None,
        "cluster": "",
        "executor": "",
        "node": "",
        "at": at("2026-03-01T10:00:00+00:00"),
        "sequence": 0,
        "detail": (AVRO + "Submitted", {"owner": "anna"}),
    }),
    ("job-events", "JobEvent", "leased", {
        "job": JOB,
        "run": RUN,
        "cluster": "c1",
        "executor": "e1",
        "node": "",
        "at": at("2026-03-01T10:00:01+00:00"),
        "sequence": 1,
        "detail": (AVRO + "Leased", {}),
    }),
    ("job-events", "JobEvent", "failed", {
        "job": JOB,
        "run": RUN,
        "cluster": "c1",
        "executor": "e1",
        "node": "node-7",
        "at": at("2026-03-01T10:05:00+00:00"),
        "sequence": 4,
        "detail": (AVRO + "Failed", {
            "kind": "POD_FAILED",
            "failureInfo": {
                "exitCode": 74,
                "terminationMessage": "ECC error",
                "containerName": "main",
                "category": "gpu",
                "subcategory": "transient",
                "categories": ["gpu", "infrastructure"],
                "hint": "",
            },
            "reason": "Error",
            "message": "ECC error",
            "retryable": True,
            "policy": "ml-training",
        }),
    }),
    ("job-events", "JobEvent", "retry scheduled", {
        "job": JOB,
        "run": RUN,
        "cluster": "c1",
        "executor": "e1",
        "node": "node-7",
        "at": at("2026-03-01T10:05:00+00:00"),
        "sequence": 5,
        "detail": (AVRO + "RetryScheduled", {
            "next": {"runId": "run-1", "index": 1},
            "dueAt": at("2026-03-01T10:05:10+00:00"),
        }),
    }),
    ("job-specs", "JobSpec", "a spec", {
        "job": JOB,
        "owner": "anna",
        "clientId": "",
        "namespace": "default",
        "priority": 1.5,
        "labels": {"team": "a"},
        "annotations": {},
        "podSpec": "{\"containers\":[]}",
        "submittedAt": at("2026-03-01T10:00:00+00:00"),
    }),
    ("decisions", "DecisionRecord", "a retry with more memory", {
        "job": JOB,
        "run": RUN,
        "kind": "POD_FAILED",
        "decision": {
            "retry": True,
            "reason": "RETRY",
            "message": "matched rule: Retry",
            "ruleIndex": 0,
            "ruleName": "rule-1",
            "retriesUsed": 0,
            "retryLimit": 3,
            "globalMaxRetries": 20,
            "mutations": {
                "avoidSameNode": True,
                "memory": (AVRO + "MemoryFixed", {"bytes": 536870912, "max": "1073741824"}),
                "preferOtherNode": False,
                "others": [{"amount": "CPU", "factor": "1.5", "more": None, "max": "8"}],
            },
            "trace": [{"check": "globalLimit", "value": "0", "expected": "20", "holds": True}],
            "counted": True,
            "pause": {
                "backoff": {"initialMillis": 10000, "factor": "2", "maxMillis": 600000, "jitter": 0.2},
                "earlier": 1,
            },
        },
        "shadow": None,
        "policy": "ml-training",
        "policyRevision": 12,
        "categoriesRevision": 9,
        "advice": False,
        "at": at("2026-03-01T10:05:00+00:00"),
    }),
    ("resources", "Resource", "a deleted queue", {
        "kind": "QUEUE",
        "name": "research",
        "revision": 2**40,
        "deleted": True,
        "body": "",
        "changedAt": at("2026-03-01T10:00:00+00:00"),
        "changedBy": "root",
    }),
]


def newest(record):
    files = HISTORY.glob(record + "-*.avsc")
    return max(files, key=lambda file: int(re.search(r"-(\d+)\.avsc", file.name).group(1)))


def main():
    registry = SchemaRegistryClient.new_client({"url": "mock://golden"})
    for topic, record, name, message in MESSAGES:
        topic = "faultline." + topic
        context = SerializationContext(topic, MessageField.VALUE)
        schema = newest(record).read_text()
        encoded = AvroSerializer(registry, schema)(message, context)
        decoded = AvroDeserializer(registry, schema, return_record_name=True)(encoded, context)
        again = AvroSerializer(registry, schema)(decoded, context)
        assert again == encoded, name
        print(json.dumps({"topic": topic, "name": name, "hex": encoded.hex()}))


if __name__ == "__main__":
    main()
