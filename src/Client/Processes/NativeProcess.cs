using System.Runtime.InteropServices;

namespace NSft.Client.Processes;

/// <summary>What the kernel offers for processes and .NET does not.</summary>
internal static partial class NativeProcess
{
    // The same numbers on x86-64 and arm64.
    private const nint PidfdSendSignalCall = 424;
    private const nint PidfdOpenCall = 434;
    private const int SetParentDeathSignal = 1;

    /// <summary>Sends a signal to that very process.</summary>
    /// <returns>False when it is gone already.</returns>
    /// <remarks>The handle is taken before the identity is checked, so the number cannot change hands in between.</remarks>
    public static bool Send(ProcessIdentity process, ProcessSignal signal)
    {
        nint handle = SystemCall(PidfdOpenCall, process.Pid, 0, 0, 0);
        if (handle < 0)
        {
            return false;
        }

        try
        {
            return process.IsAlive && SystemCall(PidfdSendSignalCall, handle, (int)signal, 0, 0) == 0;
        }
        finally
        {
            _ = Close((int)handle);
        }
    }

    /// <summary>Makes this process end when the thread that started it ends.</summary>
    /// <param name="parent">Number of the process that must be the parent.</param>
    /// <returns>False when the parent is gone already.</returns>
    public static bool EndWithParent(int parent)
    {
        _ = ProcessControl(SetParentDeathSignal, (int)ProcessSignal.Kill, 0, 0, 0);
        return ParentPid() == parent;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentPid();

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
