using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>Options that name the API server and the silos there, and what they mean where they are left out, as kubectl has it.</summary>
internal sealed class ApiServerChoice
{
    /// <summary>Environment variable that names kubeconfig files.</summary>
    public const string Variable = "KUBECONFIG";

    /// <summary>Namespace and StatefulSet of <c>k8s/base</c>.</summary>
    private const string DefaultNamespace = "nsft";
    private const string DefaultName = "nsft-silo";

    private readonly Option<string?> _file = SharedOptions.Optional("--kubeconfig", $"Kubeconfig (default: {Variable}, in a pod its service account, or ~/.kube/config)");
    private readonly Option<string?> _context = SharedOptions.Optional("--context", "Context of the kubeconfig (default: the current one)");
    private readonly Option<string?> _namespace = SharedOptions.Optional("--namespace", $"Namespace of the silos (default: that of the context or the pod, or {DefaultNamespace})");
    private readonly Option<string> _name = SharedOptions.WithDefault("--name", DefaultName, "StatefulSet of the silos");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_context);
        command.Options.Add(_namespace);
        command.Options.Add(_name);
    }

    /// <summary>The silos that are meant.</summary>
    /// <exception cref="UserInputException">There is no API server to ask, or what names it is wrong.</exception>
    public SiloSet Read(ParseResult parsed)
    {
        ApiServer server = Find(parsed.GetValue(_file), parsed.GetValue(_context), Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        return new SiloSet(server, parsed.GetValue(_namespace) ?? server.Namespace ?? DefaultNamespace, parsed.GetRequiredValue(_name));
    }

    /// <summary>The same with environment and home folder given.</summary>
    internal static ApiServer Find(string? file, string? context, Func<string, string?> variable, string home, string account = PodAccount.Folder)
    {
        string[] paths = file is not null ? [file]
            : variable(Variable) is { Length: > 0 } named ? named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [];
        if (paths.Length == 0 && context is null && PodAccount.Find(variable, account) is { } pod)
        {
            return pod;
        }

        string standard = Path.Combine(home, ".kube", "config");
        KubeConfigFile[] files = [.. (paths.Length > 0 ? paths : [standard]).Where(path => paths.Length == 1 || File.Exists(path)).Select(KubeConfigFile.Read)];
        return files.Length > 0
            ? new KubeConfig(files).Server(context)
            : throw new UserInputException($"no API server is known: {(paths.Length > 0 ? string.Join(Path.PathSeparator, paths) : standard)} is not there, and this is no pod with a service account; give --kubeconfig FILE");
    }
}
