"""Judges the functions that you registered with latent_adapter.py against goldens/*.json, in process. No .NET.

    python latent_judge.py my_vae.py               a line an operation, then what is wrong; exit 0, 1, 2, 3 as `latent`
    pytest -p latent_judge --latent my_vae.py      one test a case; breakpoints work; a failure prints a snippet to paste

The rules are those of docs/verdict.md, and a test of the suite holds the verdicts equal to the engine's. Two questions
need the reference, which is not here; such cases are skipped with the reason: an answer that rests on another legal
choice than the golden's, and conventions other than the house's. Standard library only, Python 3.9 and later.
"""
import argparse, base64, contextlib, fnmatch, hashlib, json, math, os, random, struct, sys, types
from collections import namedtuple
from pathlib import Path

pytest = sys.modules.get("pytest")  # there when pytest loads this file as a plugin

# unit roundoff of stored values and of running sums, smallest normal number, largest, significand bits
Precision = namedtuple("Precision", "storage accumulate tiny max bits")
PRECISIONS = {
    "float64": Precision(2.0**-53, 2.0**-53, 2.0**-1022, sys.float_info.max, 53),
    "float32": Precision(2.0**-24, 2.0**-24, 2.0**-126, (2 - 2.0**-23) * 2.0**127, 24),
    "tf32": Precision(2.0**-11, 2.0**-24, 2.0**-126, (2 - 2.0**-23) * 2.0**127, 11),
    "bfloat16": Precision(2.0**-8, 2.0**-24, 2.0**-126, (2 - 2.0**-7) * 2.0**127, 8),
    "float16": Precision(2.0**-11, 2.0**-24, 2.0**-14, 65504.0, 11),
}
# What may be declared, the house's value first; and the profiles, which are bundles of it.
CONVENTIONS = {"reduce": ["none", "sum", "batch_mean", "mean"], "logvar_clamp": ["none", "[low, high]"],
               "beta": ["paper", "legacy"], "estimator": ["straight_through", "rotation"]}
PROFILES = {"latent-diffusion": {"logvar_clamp": [-30, 20]}, "taming": {"reduce": "mean", "beta": "legacy"},
            "lucidrains": {"reduce": "mean", "estimator": "rotation"}, "encodec": {"reduce": "mean"}, "lesson": {"reduce": "batch_mean"}}


class Stop(Exception):
    """No verdict: the command or a file is wrong (exit 2), or the implementation cannot be asked (exit 3)."""
    def __init__(self, exit_code, message):
        super().__init__(message)
        self.exit_code = exit_code


# -- goldens

class Case:
    def __init__(self, golden, case):
        self.id, self.operation, self.conventions = case["id"], golden["operation"], golden.get("conventions", [])
        self.level, self.inputs, self.refuses = case["level"], case["inputs"], case.get("refuses", False)
        self.outputs = {name: Expected(name, one) for name, one in case.get("outputs", {}).items()}

    def is_strict(self, dtype):
        return self.refuses or self.level.get(dtype) == "strict"

    def asked(self, dtype):
        """The inputs as they go over the wire: a number of no axes is a bare number."""
        def one(tensor):
            whole = tensor["dtype"] == "int64"
            data = tensor["data"] if whole else [rounded(float(v), dtype) for v in tensor["data"]]
            travels = "int64" if whole else "float64" if dtype == "float64" else "float32"
            return {"dtype": travels, "shape": tensor["shape"], "data": data} if tensor["shape"] else data[0]
        return {name: one(tensor) for name, tensor in self.inputs.items()}


class Expected:
    """One output of the reference, with how far a right one may be from it."""
    def __init__(self, name, one):
        self.name, self.shape, self.whole = name, one["shape"], one["dtype"] == "int64"
        self.data = one["data"] if self.whole else [float(v) for v in one["data"]]
        self.tolerance, self.careful = one["tolerance"], one.get("careful")
        self.others, self.is_choice = one.get("alternatives", []), one.get("choice", False)

    def bound(self, element, dtype, strict):
        return allowed(strict and self.careful or self.tolerance, element, dtype)

    def values(self, element, dtype, strict):
        """What the element may be: ours, and those others whose error reaches across the gap."""
        return [self.data[element], *(float(o["value"]) for o in self.others if o["element"] == element
                                      and float(o["gap"]) <= allowed(strict and o.get("careful") or o["tolerance"], 0, dtype))]


def allowed(coefficients, element, dtype):
    """storage u + accumulate u' + underflow t in the implementation's dtype, and again in float64, the reference's own."""
    columns = map(coefficients.get, ("storage", "accumulate", "underflow"))
    s, a, t = (float(c[element] if isinstance(c, list) else c) for c in columns)
    return sum(s * p.storage + a * p.accumulate + t * p.tiny for p in (PRECISIONS[dtype], PRECISIONS["float64"]))


def rounded(value, dtype):
    """To nearest, ties to even, with gradual underflow and overflow to infinity."""
    p = PRECISIONS[dtype]
    if dtype == "float64" or value == 0 or not math.isfinite(value):
        return value
    unit = math.ldexp(1.0, max(math.frexp(value)[1], math.frexp(p.tiny)[1]) - p.bits)
    near = round(value / unit) * unit
    return near if abs(near) <= p.max else math.copysign(math.inf, value)


def read_goldens(folder):
    """Every case by its id."""
    cases = {}
    for file in sorted(Path(folder).glob("*.verified.json")):
        try:
            text = file.read_text("utf-8")
            golden = json.loads(text)
            unsigned = text.replace(f'"checksum": "{golden["checksum"]}"', '"checksum": ""')
            if golden["golden"] != 1:
                raise Stop(2, f"{file}: format {golden['golden']}, expected 1; take latent_judge.py and goldens of one version")
            if hashlib.sha256(unsigned.encode()).hexdigest() != golden["checksum"]:
                raise Stop(2, f"{file}: edited by hand, its checksum does not fit; take it anew")
            cases.update((case["id"], Case(golden, case)) for case in golden["cases"])
        except (KeyError, TypeError, ValueError) as broken:
            raise Stop(2, f"{file}: no golden ({type(broken).__name__}: {broken}); take it anew")
    if not cases:
        raise Stop(2, f"{folder}: no *.verified.json there; say --goldens DIR or set LATENT_GOLDENS")
    return cases


def find_goldens(given, file):
    """--goldens, else LATENT_GOLDENS, else a folder goldens beside or above the author's file or this one."""
    above = (parent / "goldens" for f in (file, __file__) for parent in Path(f).resolve().parents)
    return given or os.environ.get("LATENT_GOLDENS") or next((folder for folder in above if any(folder.glob("*.verified.json"))), "goldens")


# -- reading an answer: a number, nested lists, or an object of dtype, shape and data or base64

Given = namedtuple("Given", "dtype shape data")


def read_outputs(outputs, case, dtype):
    if not isinstance(outputs, dict) or "shape" in outputs:
        outputs = {(list(case.outputs) if len(case.outputs) == 1 else ["without a name"])[0]: outputs}
    strangers = [name for name in outputs if name not in case.outputs]
    if strangers:
        raise ValueError(f"{case.operation} has no output '{strangers[0]}'; it has {', '.join(case.outputs)}")
    return {name: read(case.outputs[name], value, dtype) for name, value in outputs.items() if value is not None}


def read(field, value, dtype):
    expected, stated = "int64" if field.whole else dtype, value.get("dtype") if isinstance(value, dict) else None
    if stated and stated.startswith("int") != field.whole:
        raise ValueError(f"{field.name} is {stated}, expected {expected}")
    shape, data = (value["shape"], value["data"] if "data" in value else unpacked(value)) if isinstance(value, dict) else unnested(field, value)
    if len(data) != math.prod(shape) or not all(is_number(v, field.whole) for v in data):
        raise ValueError(f"{field.name} holds {len(data)} numbers for the shape {shape}" if len(data) != math.prod(shape) else f"{field.name} holds what is no number")
    # The narrow types travel as float32; a wider or narrower one than was declared is kept, and judged.
    kept = expected if stated in (None, "int32", expected if expected in ("float64", "int64") else "float32") else stated
    return Given(kept, list(shape), [int(v) for v in data] if field.whole else [rounded(float(v), kept) for v in data])


def is_number(value, whole):
    return type(value) in (int, float) and (not whole or value == math.floor(value)) or not whole and value in ("NaN", "inf", "-inf")


def unpacked(value):
    return [v for v, in struct.iter_unpack("<" + {"float64": "d", "int64": "q", "int32": "i"}.get(value["dtype"], "f"), base64.b64decode(value["base64"]))]


def unnested(field, value):
    shape, data = [], [value]
    while data and isinstance(data[0], (list, tuple)):
        shape.append(len(data[0]))
        if any(not isinstance(row, (list, tuple)) or len(row) != shape[-1] for row in data):
            raise ValueError(f"{field.name} is ragged: its rows differ in length")
        data = [v for row in data for v in row]
    return shape if data else shape + field.shape[len(shape):], data  # [] shows no axis behind one of length 0


# -- the judge

Finding = namedtuple("Finding", "right comparisons margin why off")  # off: the places that are; None where no values were compared
Verdict = namedtuple("Verdict", "id case outcome strict comparisons margin why given wrong")  # wrong: the first output that is


def judged(field, given, dtype, strict):
    """Shape, then dtype, then values. A difference passes only by being within its bound, so NaN never does."""
    one_value = len(field.data) == len(given.data) == 1 and len(field.shape) <= 1 and len(given.shape) <= 1
    if given.shape != field.shape and not one_value:
        return Finding(False, 1, None, f"{field.name} has shape {given.shape}, expected {field.shape}", None)
    if given.dtype != ("int64" if field.whole else dtype):
        return Finding(False, 1, None, f"{field.name} is {given.dtype}, expected {'int64' if field.whole else dtype}", None)
    shares = [min(share(value, got, field.bound(i, dtype, strict)) for value in field.values(i, dtype, strict)) for i, got in enumerate(given.data)]
    off = [i for i, used in enumerate(shares) if not used <= 1]
    # The shape of an empty output was compared, and counts.
    return Finding(not off, max(len(shares), 1), max(shares, default=0.0), not_close(field, given, off, dtype, strict) if off else None, off)


def share(expected, got, bound):
    """The part of its bound that a difference uses; above one, or infinite, it is wrong."""
    difference = abs(expected - got)
    if expected == got or (expected != expected and got != got):
        return 0.0
    if difference <= bound and math.isfinite(got):
        return difference / bound
    return max(difference / bound, math.nextafter(1, 2)) if math.isfinite(difference) and bound > 0 else math.inf


def judge(case, answer, dtype):
    """The verdict on one answer, which is the wire's object without its id: outputs, error, declined or unsupported."""
    strict, findings, given = case.is_strict(dtype), {}, None

    def verdict(outcome, why=None, comparisons=0, margin=None, wrong=None):
        return Verdict(case.id, case, outcome, strict, comparisons, margin, why, given, wrong)

    if "unsupported" in answer:
        return verdict("unsupported", f"{case.operation} is not offered")
    if "declined" in answer or "skipped" in answer:
        return verdict("skipped", answer.get("skipped") or f"declined: {answer['declined']}")
    if case.refuses:
        return verdict("pass", None, 1) if "error" in answer else verdict("fail", "answered, expected a refusal", 1)
    if dtype not in case.level:
        return verdict("skipped", f"does not suit {dtype}")
    if "error" in answer:
        return verdict("error", f"error: {answer['error']}")
    try:
        given = read_outputs(answer["outputs"], case, dtype)
    except ValueError as malformed:
        return verdict("error", str(malformed))

    # Any field of a composite may be absent; all of them may not.
    findings = {name: judged(field, given[name], dtype, strict) for name, field in case.outputs.items() if name in given}
    if not findings:
        return verdict("error", "nothing to compare: no output was answered")
    wrong = next((name for name, f in findings.items() if not f.right), None)
    counts = sum(f.comparisons for f in findings.values()), max((f.margin for f in findings.values() if f.margin is not None), default=None)
    if wrong and rests_on_another_choice(case, given, findings):
        return verdict("skipped", "rests on another legal choice than the golden's; use latent verify")
    return verdict("fail", findings[wrong].why, *counts, wrong) if wrong else verdict("pass", None, *counts)


def rests_on_another_choice(case, given, findings):
    """What hangs on a choice can be judged here only where the choice is the golden's; shapes and dtypes hang on none."""
    choice = next((name for name, field in case.outputs.items() if field.is_choice), None)
    return (choice in findings and findings[choice].right and given[choice].data != case.outputs[choice].data
            and all(f.off is not None for f in findings.values()))


def judge_again(first, answer, dtype):
    """The same question gets the same answer, to the last bit."""
    try:
        second = read_outputs(answer["outputs"], first.case, dtype) if "outputs" in answer else {}
    except ValueError:
        second = {}
    same = second.keys() == first.given.keys() and all(a[:2] == b[:2] and all(v == w or (v != v and w != w) for v, w in zip(a.data, b.data))
                                                       for a, b in ((first.given[name], second[name]) for name in second))
    why = None if same else f"asked {first.id} twice and the answers differ: a cache or hidden state"
    return Verdict(f"{first.case.operation}/asked-twice", first.case, "pass" if same else "fail", False, 1, None, why, None, None)


def telling(tensors):
    """Zeros and empty answers repeat whatever is hidden behind them."""
    return sum(v != 0 for tensor in tensors.values() for v in tensor.data)


def index(shape, flat):
    return tuple(flat // math.prod(shape[axis + 1:]) % size for axis, size in enumerate(shape))


def not_close(field, given, off, dtype, strict):
    """In the shape of torch.testing.assert_close's message."""
    away = [abs(got - expected) if math.isfinite(got) else math.inf for got, expected in zip(given.data, field.data)]
    first, most, bound = off[0], max(off, key=away.__getitem__), [field.bound(i, dtype, strict) for i in range(len(away))]
    return (f"{field.name} is not close in {dtype}\n\nMismatched elements: {len(off)} / {len(away)} ({len(off) / len(away):.1%})\n"
            f"First at index {index(field.shape, first)}: got {given.data[first]:.9g}, expected {field.data[first]:.9g} (up to {bound[first]:.2g} allowed)\n"
            f"Greatest absolute difference: {away[most]:.9g} at index {index(field.shape, most)} (up to {bound[most]:.2g} allowed)")


# -- the implementation: the author's file, its functions as latent_adapter serves them

class Implementation:
    def __init__(self, path, goldens, dtype=None, arguments=()):
        self.path, said, argv = Path(path).resolve(), {}, sys.argv
        sys.path[:] = [str(self.path.parent), *sys.path, str(Path(__file__).resolve().parent)]
        import latent_adapter
        self.adapter, self.served, its_run = latent_adapter, latent_adapter._served, latent_adapter.run
        self.module = types.ModuleType("__main__")  # as when it is run, but run() only says what it would run with
        self.module.__file__ = str(self.path)
        try:
            latent_adapter.run, sys.argv = lambda *_, **all: said.update(all), [str(self.path), *arguments]
            exec(compile(self.path.read_text("utf-8"), str(self.path), "exec"), vars(self.module))
            self.dtype, self.kind, device = dtype or said.get("dtype", "float32"), said.get("tensors", "numpy"), said.get("device", "cpu")
            make = {"list": "Lists()", "numpy": f"Numpy({self.dtype!r})", "torch": f"Torch({self.dtype!r}, {device!r})"}
            self.made, profile = make[self.kind], PROFILES[said["profile"]] if said.get("profile") else {}
            self.tensors = eval(self.made, vars(latent_adapter))
            PRECISIONS[self.dtype]
        except OSError as absent:
            raise Stop(2, f"{path} cannot be read: {absent.strerror}")
        except KeyError as unknown:
            raise Stop(3, f"{path} runs with {unknown}; there are {', '.join([*PRECISIONS, *make, *PROFILES])}")
        except (Exception, SystemExit) as broken:
            raise Stop(3, f"{path} cannot be run: {type(broken).__name__}: {broken}")
        finally:
            latent_adapter.run, sys.argv = its_run, argv
        if not self.served:
            raise Stop(3, f"{path} serves no operation; write @operation(\"kl_standard\") over a function")
        self.who = f"{said.get('name', self.path.stem)} {said.get('version', '0')}, {self.dtype} on {device}"
        self.catalogue = {case.operation: {"outputs": list(case.outputs)} for case in goldens.values() if not case.refuses}
        self.conventions = {**profile, **{name: value for name, value in said.items() if name in CONVENTIONS}}

    def offers(self, operation):
        return operation in self.served or (operation.endswith(".vjp") and self.tensors.differentiates(operation[:-4]))

    def departures(self, case):
        """The conventions declared for the case's operation that change its answers, as "reduce: mean"."""
        own = [self.served[op]["conventions"] for op in (case.operation, case.operation[:-4]) if op in self.served and self.served[op]["conventions"]]
        said = {**self.conventions, **(own or [{}])[0]}
        for name, value in said.items():
            if name not in CONVENTIONS or not (value in CONVENTIONS[name] or name == "logvar_clamp" and isinstance(value, (list, tuple))):
                raise Stop(3, f"{case.operation} declares {name}: {value}; there are " + "; ".join(f"{n}: {' | '.join(v)}" for n, v in CONVENTIONS.items()))
        return [f"{name}: {said[name]}" for name in case.conventions if said.get(name, CONVENTIONS[name][0]) != CONVENTIONS[name][0]]

    def ask(self, case):
        """The answer as it would stand on the wire; beside an error the author's own exception."""
        if not self.offers(case.operation):
            return {"unsupported": True}
        if self.departures(case) and not case.refuses:
            return {"skipped": f"declares {', '.join(self.departures(case))}; goldens speak of the house's conventions; use latent verify"}
        if not case.refuses and self.dtype not in case.level:
            return {}
        try:
            outputs = self.adapter.answer(case.operation, self.inputs(case), self.catalogue, self.tensors)
            return {"outputs": {name: self.adapter._encoded(value, self.tensors) for name, value in outputs.items()}}
        except self.adapter.Declined as reason:
            return {"declined": str(reason)}
        except Exception as wrong:
            return {"error": " ".join(f"{type(wrong).__name__}: {wrong}".split()), "raised": wrong}

    def inputs(self, case):
        return {name: self.adapter._decoded(value, self.tensors) for name, value in case.asked(self.dtype).items()}

    def verdict(self, case):
        return judge(case, self.ask(case), self.dtype)

    def snippet(self, case):
        """The case as a program of its own; a gradient by autograd goes through the adapter."""
        values, served = case.asked(self.dtype), self.served.get(case.operation)
        signatures = {op: self.catalogue[op] for op in (case.operation, case.operation[:-4]) if op in self.catalogue}
        name = next((name for name, value in vars(self.module).items() if served and value is served["function"]), None)
        call = f"latent_adapter.answer({case.operation!r}, dict({', '.join(f'{n}={n}' for n in values)}), {signatures}, latent_adapter.{self.made})"
        if name:
            positional, named = self.adapter._arguments(served["function"], {n: n for n in values})
            call = f"{name}({', '.join([*positional, *(f'{n}={n}' for n in named)])})"
        strict = case.is_strict(self.dtype)
        bounds = {n: [float(f"{f.bound(i, self.dtype, strict):.3g}") for i in range(len(f.data))] for n, f in case.outputs.items()}
        return "\n".join([
            f"# {case.id}, a program of its own", f"import sys; sys.path[:0] = {[str(self.path.parent), str(Path(__file__).resolve().parent)]}",
            "import latent_adapter; latent_adapter.run = lambda **_: None  # the functions, without the wire",
            *{"numpy": ["import numpy"], "torch": ["import torch"]}.get(self.kind, []), f"from {self.path.stem} import {name or '*'}",
            *(f"{n} = {self.literal(v)}" for n, v in values.items()),
            f"print('got     ', {call})", f"print('expected', {literal({n: f.data for n, f in case.outputs.items()})})",
            f"print('within  ', {literal(bounds)})"])

    def literal(self, value):
        if not isinstance(value, dict) or self.kind == "list":
            return literal(self.adapter._decoded(value, self.tensors))
        dtype = "int64" if value["dtype"] == "int64" else str(self.tensors.dtype).replace("torch.", "")
        made = f"torch.tensor({literal(value['data'])}, dtype=torch.{dtype})" if self.kind == "torch" else f"numpy.array({literal(value['data'])}, '{dtype}')"
        return f"{made}.reshape({value['shape']})"


def literal(value):
    """Python's, where repr would write nan and inf, which are no names."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return f"float('{value}')" if isinstance(value, float) and not math.isfinite(value) else repr(value)


# -- python latent_judge.py my_vae.py

def verdicts_on(implementation, cases):
    """The order is shuffled: an implementation that leans on what it was asked before shows it."""
    verdicts = [implementation.verdict(case) for case in random.Random(1).sample(cases, len(cases))]
    for operation in {v.case.operation for v in verdicts if v.given}:
        first = max(sorted(v for v in verdicts if v.given and v.case.operation == operation), key=lambda v: telling(v.given))
        verdicts.append(judge_again(first, implementation.ask(first.case), implementation.dtype))
    return sorted(verdicts, key=lambda v: v.id)


def report(implementation, verdicts, replay):
    print(f"latent_judge: {implementation.who}\n")
    core = [v for v in verdicts if not v.strict]
    asked = [v for v in core if v.outcome not in ("unsupported", "skipped")]
    for operation in sorted({v.case.operation for v in asked}):
        some = [v for v in asked if v.case.operation == operation]
        right = [v for v in some if v.outcome == "pass"]
        used = max((v.margin or 0 for v in right), default=0)
        print(f"{'!' if right != some else ' '} {operation:40} {len(right):3} of {len(some):<3} bound used {math.ceil(used * 100):3} %")
    for v in sorted((v for v in verdicts if v.outcome in ("fail", "error")), key=lambda v: v.strict):
        print(f"\n{'strict' if v.strict else v.outcome.upper()} {v.id}\n     " + v.why.replace("\n", "\n     ").replace("     \n", "\n"))
        print(f"     replay: {replay.format(v.case.id)}")
    strict = [v for v in verdicts if v.strict and v.outcome not in ("unsupported", "skipped")]
    missing = {v.case.operation for v in core if v.outcome == "unsupported"}
    skipped = {(v.case.operation, v.why) for v in core if v.outcome == "skipped" and v.case.level.get(implementation.dtype)}
    print("", *(f"skipped of {operation}: {why}" for operation, why in sorted(skipped)), sep="\n")
    print(f"strict: {sum(v.outcome == 'pass' for v in strict)} of {len(strict)} hold; these ask for more than ordinary code must give")
    print(f"not offered: {len(missing)} operations\n{sum(v.comparisons for v in verdicts)} comparisons")
    counts = {outcome: sum(v.outcome == outcome for v in core) for outcome in ("pass", "fail", "error", "unsupported", "skipped")}
    print("{pass} passed, {fail} failed, {error} errors, {unsupported} unsupported, {skipped} skipped".format(**counts))
    return 1 if counts["fail"] + counts["error"] else 0


def main():
    parser = argparse.ArgumentParser(description="Judges the functions of a Python file against goldens/*.json.")
    parser.add_argument("file", help="where your functions are registered with latent_adapter's @operation")
    parser.add_argument("--goldens", metavar="DIR", help="else LATENT_GOLDENS, else goldens beside or above the file")
    parser.add_argument("--op", action="append", metavar="NAME", help="only this operation; may be repeated")
    parser.add_argument("-k", metavar="TEXT", default="", help="only cases with this in their id, or a pattern with * and ?")
    parser.add_argument("--dtype", choices=PRECISIONS, help="in place of the file's own")
    given, own = sys.argv[1:], []
    if "--" in given:
        given, own = given[:given.index("--")], given[given.index("--") + 1:]  # what follows is for the author's file
    options = parser.parse_args(given)
    try:
        goldens = read_goldens(find_goldens(options.goldens, options.file))
        cases = [case for case in goldens.values() if case.operation in (options.op or [case.operation])
                 and (fnmatch.fnmatchcase(case.id, options.k) or options.k in case.id)]
        if not cases:
            raise Stop(2, "nothing matches what was asked for; goldens/*.verified.json list what there is")
        with contextlib.redirect_stdout(sys.stderr):
            implementation = Implementation(options.file, goldens, options.dtype, own)
            verdicts = verdicts_on(implementation, cases)
        again = ["python", sys.argv[0], options.file, *(["--dtype", options.dtype] if options.dtype else []), "-k {}", *(["--", *own] if own else [])]
        return report(implementation, verdicts, " ".join(again))
    except Stop as stop:
        print(f"latent_judge: {stop}", file=sys.stderr)
        return stop.exit_code


# -- pytest -p latent_judge --latent my_vae.py

def pytest_addoption(parser):
    group = parser.getgroup("latent", "judging VAE code against LatentConformance")
    group.addoption("--latent", metavar="FILE", help="the file whose functions are judged, one test a case")
    group.addoption("--latent-goldens", metavar="DIR", help="else LATENT_GOLDENS, else goldens beside or above the file")
    group.addoption("--latent-dtype", choices=PRECISIONS, help="in place of the file's own")


def pytest_configure(config):
    latent, others = config.option.latent, config.option.file_or_dir
    if latent and Path(latent).resolve() not in [Path(other.split("::")[0]).resolve() for other in others]:
        config.args = [*others, latent]


def pytest_pycollect_makemodule(module_path, parent):
    latent = parent.config.option.latent
    return Questions.from_parent(parent, path=module_path) if latent and module_path == Path(latent).resolve() else None


if pytest:
    class NotClose(Exception):
        pass

    class Questions(pytest.File):
        def collect(self):
            option = self.config.option
            try:
                goldens = read_goldens(find_goldens(option.latent_goldens, option.latent))
                judged_by = Implementation(option.latent, goldens, option.latent_dtype)
            except Stop as stop:
                raise self.CollectError(str(stop))
            offered = [case for case in goldens.values() if judged_by.offers(case.operation)]
            for case in offered:
                yield Question.from_parent(self, name=case.id, case=case, implementation=judged_by)
            for operation in {case.operation: None for case in offered}:
                fit = [case for case in offered if case.operation == operation and judged_by.dtype in case.level]
                most = max(fit, key=lambda case: telling(case.outputs))
                yield Question.from_parent(self, name=f"{operation}/asked-twice", case=most, implementation=judged_by, twice=True)

    class Question(pytest.Item):
        def __init__(self, *, case, implementation, twice=False, **rest):
            super().__init__(**rest)
            self.case, self.implementation, self.twice = case, implementation, twice

        def runtest(self):
            answer = self.implementation.ask(self.case)
            v = judge(self.case, answer, self.implementation.dtype)
            if self.twice and v.given:
                v = judge_again(v, self.implementation.ask(self.case), self.implementation.dtype)
            if v.outcome in ("skipped", "unsupported"):
                pytest.skip(v.why)
            if v.outcome != "pass" and v.strict:
                pytest.xfail(f"strict, which asks for more than ordinary code must give: {v.why}")
            if v.outcome != "pass":
                self.add_report_section("call", "latent", self.implementation.snippet(self.case))
                raise answer.get("raised") or NotClose(v.why)

        def repr_failure(self, excinfo):
            excinfo.traceback = excinfo.traceback.cut(path=self.implementation.path)  # what is above is ours
            return f"{self.name}: {excinfo.value}" if isinstance(excinfo.value, NotClose) else super().repr_failure(excinfo)


if __name__ == "__main__":
    sys.exit(main())
