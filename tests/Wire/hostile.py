"""Answers two operations: reparameterize always right, kl_standard in the bad manner that its first argument names."""
import json
import math
import os
import subprocess
import sys
import time

MANNER = sys.argv[1]
remembered = None


def number(value):
    return float(value)


def exp(value):
    return math.inf if value > 709.78 else math.exp(value)


def written(value):
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "inf" if value > 0 else "-inf"


def kl_standard(mu, logvar):
    if mu["shape"] != logvar["shape"]:
        raise ValueError("shapes differ")
    rows, columns = mu["shape"]
    terms = [number(m) ** 2 + exp(number(l)) - 1 - number(l) for m, l in zip(mu["data"], logvar["data"])]
    return {"kl": {"shape": [rows], "data": [written(0.5 * sum(terms[b * columns:(b + 1) * columns])) for b in range(rows)]}}


def reparameterize(mu, logvar, epsilon):
    if mu["shape"] != epsilon["shape"] or mu["shape"] != logvar["shape"]:
        raise ValueError("shapes differ")
    z = [number(m) + exp(0.5 * number(l)) * number(e) for m, l, e in zip(mu["data"], logvar["data"], epsilon["data"])]
    return {"z": {"shape": mu["shape"], "data": [written(v) for v in z]}}


def say(line, end="\n"):
    sys.stdout.write((line if isinstance(line, str) else json.dumps(line)) + end)
    sys.stdout.flush()


def rude(question, answer):
    global remembered
    outputs = answer.get("outputs")
    if MANNER == "floods-stderr":
        sys.stderr.write("x" * 1_000_000 + "\n")
    elif MANNER == "hangs":
        time.sleep(600)
    elif MANNER == "dies":
        sys.stderr.write("Segmentation fault (not really)\n")
        sys.stderr.flush()
        os._exit(3)
    elif MANNER == "answers-the-next":
        answer["id"] += 1
    elif MANNER == "answers-twice":
        say(answer)
    elif MANNER == "wrong-id":
        answer["id"] = "seven"
    elif MANNER == "no-id":
        del answer["id"]
    elif MANNER == "half-a-line":
        say(json.dumps(answer)[:20], end="")
        os._exit(0)
    elif MANNER == "no-json":
        return say("Epoch 1: loss 0.25")
    elif MANNER == "no-object":
        return say("[]")
    elif MANNER == "garbage":
        block = "A" * (1 << 20)
        for _ in range(1024):
            say(block, end="")
        return None
    elif MANNER == "drips":
        while True:
            say(" ", end="")
            time.sleep(0.02)
    elif MANNER == "closes-stdout":
        os.close(1)
        time.sleep(600)
    elif MANNER == "deep":
        return say('{"id":%d,"outputs":%s}' % (question["id"], "[" * 100_000))
    elif MANNER == "empty":
        answer = {"id": question["id"]}
    elif MANNER == "liar":
        answer = {"id": question["id"], "unsupported": True}
    elif MANNER == "raises":
        answer = {"id": question["id"], "error": "\x1b[31mred\u202e alert\n" + "!" * 5000}
    elif outputs is None:
        pass
    elif MANNER == "wrong-shape":
        outputs["kl"]["shape"] = [1] + outputs["kl"]["shape"]
    elif MANNER == "no-such-size":
        outputs["kl"]["shape"] = [2 ** 31 - 1, 2 ** 31 - 1]
    elif MANNER == "negative-size":
        outputs["kl"]["shape"] = [-1]
    elif MANNER == "wrong-dtype":
        outputs["kl"]["dtype"] = "int64"
    elif MANNER == "unknown-dtype":
        outputs["kl"]["dtype"] = "complex128"
    elif MANNER == "wrong-base64":
        outputs["kl"] = {"dtype": "float64", "shape": outputs["kl"]["shape"], "base64": "AAA="}
    elif MANNER == "strings":
        outputs["kl"]["data"] = [str(v) for v in outputs["kl"]["data"]] or ["0"]
    elif MANNER == "huge-exponents":
        return say(json.dumps(answer).replace('"data": [', '"data": [1e999999999, ').replace(", ]", "]"))
    elif MANNER == "ragged":
        outputs["kl"] = [[1, 2], [3]]
    elif MANNER == "nan":
        outputs["kl"]["data"] = ["NaN"] * len(outputs["kl"]["data"])
    elif MANNER == "other-name":
        answer["outputs"] = {"kld": outputs["kl"]}
    elif MANNER == "remembers":
        remembered = remembered or outputs
        answer["outputs"] = remembered
    elif MANNER == "leaves-a-child":
        subprocess.Popen(["/bin/sh", "-c", "(exec sleep 617.25) & exit"], start_new_session=True)
    return say(answer)


if MANNER == "silent-hello":
    time.sleep(600)
if MANNER == "no-hello":
    sys.exit("ImportError: no module named torch")
if MANNER == "banner":
    say("Welcome to MegaNet 3.1!")
    say("{not json")
    say('{"loss": 3}')
hello = {"protocol": 1, "name": "hostile", "version": "1", "dtype": "float64", "operations": ["kl_standard", "reparameterize"]}
if MANNER == "later-protocol":
    hello["protocol"] = 2
elif MANNER == "escapes":
    hello["name"] = "\x1b]0;owned\x07evil\r\nlatent: 100 passed"
say(hello)
for line in sys.stdin:
    question = json.loads(line)
    if "hello" in question:
        continue
    try:
        answer = {"id": question["id"], "outputs": globals()[question["op"]](**question["inputs"])}
    except ValueError as refused:
        answer = {"id": question["id"], "error": str(refused)}
    if question["op"] == "kl_standard":
        rude(question, answer)
    else:
        say(answer)
