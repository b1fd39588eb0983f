using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd;

/// <summary>Work cut into chunks that know nothing of each other: any thread may take any, at the width that the machine has.</summary>
internal interface IChunked
{
    void Do<V>(int chunk)
        where V : struct, ILanes<V>;
}

/// <summary>
/// The threads that kernels share, made once and kept. How work is cut depends on the work alone, and what chunks leave is put
/// together in their order: the answer is the same for every number of threads. A call allocates nothing.
/// </summary>
public static unsafe class Workers
{
    private static readonly Lock Busy = new();
    private static Helper[] helpers = [];
    private static void* work;
    private static delegate*<void*, int, void> body;
    private static int count;
    private static int next;

    /// <summary>How many threads a kernel may use, the caller's own among them; all that the machine has unless set.</summary>
    public static int Threads { get; set; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Floats in a register, as kernels are compiled here.</summary>
    public static int Lanes =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Does all chunks and returns when they are done.</summary>
    internal static void Run<TWork>(ref TWork task, int chunks)
        where TWork : struct, IChunked
    {
        delegate*<void*, int, void> one =
            Vector512.IsHardwareAccelerated ? &One<TWork, Lanes512>
            : Vector256.IsHardwareAccelerated ? &One<TWork, Lanes256>
            : Vector128.IsHardwareAccelerated ? &One<TWork, Lanes128>
            : &One<TWork, Lane>;
        var here = Unsafe.AsPointer(ref task);

        // Where the threads are busy with somebody else's call, or with the one that this is a part of, this one does it alone.
        if (chunks <= 1 || Threads <= 1 || Busy.IsHeldByCurrentThread || !Busy.TryEnter())
        {
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                one(here, chunk);
            }

            return;
        }

        try
        {
            Share(here, one, chunks);
        }
        finally
        {
            Busy.Exit();
        }
    }

    private static void One<TWork, V>(void* task, int chunk)
        where TWork : struct, IChunked
        where V : struct, ILanes<V> => Unsafe.AsRef<TWork>(task).Do<V>(chunk);

    private static void Share(void* task, delegate*<void*, int, void> one, int chunks)
    {
        var wanted = Math.Min(Threads, chunks) - 1;
        while (helpers.Length < wanted)
        {
            helpers = [.. helpers, new Helper()];
        }

        work = task;
        body = one;
        count = chunks;
        next = 0;
        for (var i = 0; i < wanted; i++)
        {
            helpers[i].Ask();
        }

        TakeChunks();
        for (var i = 0; i < wanted; i++)
        {
            helpers[i].Await();
        }
    }

    private static void TakeChunks()
    {
        int chunk;
        while ((chunk = Interlocked.Increment(ref next) - 1) < count)
        {
            body(work, chunk);
        }
    }

    /// <summary>One thread. A request that it has not taken up can be taken back, so that nobody waits for a sleeper with nothing left to do.</summary>
    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as the process.")]
    private sealed class Helper
    {
        private const int Idle = 0;
        private const int Asked = 1;
        private const int AtWork = 2;

        // To wake a thread takes some 50 µs; it looks out for the next call for about as long before it sleeps.
        private const int Looks = 400;

        private readonly SemaphoreSlim wake = new(0);
        private int state;
        private int asleep;

        public Helper() => new Thread(Help) { IsBackground = true, Name = "kernel worker" }.Start();

        public void Ask()
        {
            Interlocked.Exchange(ref state, Asked);
            if (Interlocked.Exchange(ref asleep, 0) == 1)
            {
                wake.Release();
            }
        }

        public void Await()
        {
            if (Interlocked.CompareExchange(ref state, Idle, Asked) == Asked)
            {
                return;
            }

            var spin = default(SpinWait);
            while (Volatile.Read(ref state) != Idle)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        private void Help()
        {
            while (true)
            {
                for (var look = 0; look < Looks && Volatile.Read(ref state) != Asked; look++)
                {
                    Thread.SpinWait(10);
                }

                if (Interlocked.CompareExchange(ref state, AtWork, Asked) == Asked)
                {
                    TakeChunks();
                    Volatile.Write(ref state, Idle);
                    continue;
                }

                // Whoever asks after this line sees a sleeper; whoever asked before it is seen here.
                Interlocked.Exchange(ref asleep, 1);
                if (Volatile.Read(ref state) != Asked)
                {
                    wake.Wait();
                }

                Interlocked.Exchange(ref asleep, 0);
            }
        }
    }
}
