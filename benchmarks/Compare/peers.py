"""The other side of `benchmarks/compare`: a JSON object a line on stdin, one a line back on stdout.

    {"do": "hello", "threads": 2}                     versions of what is here
    {"do": "load", "folder", "operation", "fields"}   reads the raw files that both sides share; answers who can run it
    {"do": "run", "who", "times"}                     milliseconds a call, the clock round the calls alone
    {"do": "answer", "who", "folder", "kinds"}        writes the outputs of one call as raw files
"""
import ctypes, inspect, json, os, sys, time

# Before the libraries are loaded: they read it once. The caller has set the number of threads in the environment.
try:
    import numpy
    import torch
except ImportError:
    # The caller says in one line what is missing and what brings it.
    sys.exit(1)

try:
    import faiss
except ImportError:
    faiss = None

import eager

TYPES = {"float": numpy.float32, "int": numpy.int64}
calls = {}


def openblas():
    """The BLAS that NumPy and torch.mm reached, and the core it was tuned for."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "openblas" in line}
    for path in sorted(paths):
        library = ctypes.CDLL(path)
        library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
        return f"{library.openblas_get_config().decode().strip()}, core {library.openblas_get_corename().decode()}"
    return "another BLAS than OpenBLAS"


def hello(threads):
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    if faiss:
        faiss.omp_set_num_threads(threads)
    return {"python": sys.version.split()[0], "torch": torch.__version__, "numpy": numpy.__version__,
            "faiss": faiss.__version__ if faiss else None, "blas": openblas()}


def load(folder, operation, fields):
    """Every field is a torch tensor, or a number where it has no shape; NumPy's view of it shares the memory."""
    calls.clear()
    inputs = {}
    for field in fields:
        if "value" in field:
            # JSON writes 1.0 as 1, and a whole number makes PyTorch's result whole.
            inputs[field["name"]] = TYPES[field["kind"]](field["value"]).item()
        else:
            raw = numpy.fromfile(os.path.join(folder, field["name"]), TYPES[field["kind"]])
            inputs[field["name"]] = torch.from_numpy(raw.reshape(field["shape"]))
    peers = []
    for name, kind, maker in eager.of(operation, faiss):
        arguments = {p: inputs[p] for p in inspect.signature(maker).parameters}
        calls[name] = maker(**arguments)
        peers.append({"name": name, "kind": kind})
    return {"peers": peers}


def limits(floats_read, floats_copied):
    """Bandwidth, over as many bytes as the case moves: a limit of the machine, asked of whoever reaches it."""
    peers = []
    if floats_read:
        source = torch.ones(floats_read)
        calls["torch sum"] = source.sum
        peers.append({"name": "torch sum", "kind": "read"})
    if floats_copied:
        origin, target = torch.ones(floats_copied), torch.zeros(floats_copied)
        calls["torch copy_"] = lambda: target.copy_(origin)
        calls["numpy copyto"] = lambda: numpy.copyto(target.numpy(), origin.numpy())
        peers += [{"name": "torch copy_", "kind": "copy"}, {"name": "numpy copyto", "kind": "copy"}]
    return {"peers": peers}


def run(who, times):
    call = calls[who]
    began = time.perf_counter()
    for _ in range(times):
        call()
    return {"ms": (time.perf_counter() - began) * 1e3 / times}


def answer(who, folder, kinds):
    outputs = calls[who]()
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    for place, (output, kind) in enumerate(zip(outputs, kinds)):
        numpy.ascontiguousarray(output, TYPES[kind]).tofile(os.path.join(folder, str(place)))
    return {"outputs": len(outputs)}


COMMANDS = {"hello": hello, "load": load, "limits": limits, "run": run, "answer": answer}

for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = COMMANDS[request.pop("do")](**request)
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
