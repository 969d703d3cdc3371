using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Finds the assemblies that may hold grain classes.</summary>
internal static class ApplicationParts
{
    private static readonly Assembly Own = typeof(ApplicationParts).Assembly;

    /// <summary>This assembly, and those that use it: loaded, or referenced by loaded ones that use it.</summary>
    public static HashSet<Assembly> Find()
    {
        HashSet<Assembly> parts = [Own];
        Queue<Assembly> open = new(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        HashSet<string> seen = new(open.Select(assembly => assembly.FullName!), StringComparer.Ordinal);
        while (open.TryDequeue(out Assembly? assembly))
        {
            AssemblyName[] references = assembly.GetReferencedAssemblies();
            if (references.Any(reference => reference.Name == Own.GetName().Name))
            {
                parts.Add(assembly);
            }

            foreach (AssemblyName reference in references.Where(reference => IsApplication(reference.Name!) && seen.Add(reference.FullName)))
            {
                if (TryLoad(reference) is { } loaded)
                {
                    open.Enqueue(loaded);
                }
            }
        }

        return parts;
    }

    private static bool IsApplication(string name) =>
        !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Microsoft", StringComparison.Ordinal)
        && !name.StartsWith("xunit", StringComparison.Ordinal) && name is not "netstandard" and not "mscorlib";

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
