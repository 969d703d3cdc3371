using System.Globalization;

namespace NSft.Client.Processes;

/// <summary>One life of one process: its number, and when that number was given out. A number alone may belong to a stranger by now.</summary>
/// <param name="Pid">Process number.</param>
/// <param name="StartTicks">Kernel ticks from boot to the start of the process.</param>
/// <param name="BootId">The kernel's id of this boot.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    // Of the fields after the command's closing parenthesis: state is the first, start time the twentieth (proc(5)).
    private const int StateField = 0;
    private const int StartField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId)!;

    /// <summary>Whether that very process still runs; a stopped one does, one that only waits to be reaped does not.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>Whether the process is stopped by SIGSTOP.</summary>
    public bool IsStopped => IsAlive && ReadFields(Pid)?[StateField] is "T" or "t";

    /// <summary>The process that has a number now; null for none.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        string[]? fields = ReadFields(pid);
        return fields is null || fields[StateField] is "Z" or "X"
            ? null
            : new ProcessIdentity(pid, long.Parse(fields[StartField], CultureInfo.InvariantCulture), File.ReadAllText(BootIdPath).Trim());
    }

    private static string[]? ReadFields(int pid)
    {
        try
        {
            string text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
